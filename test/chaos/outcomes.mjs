// What became of the requests of clients that behave.
import { createHash } from 'node:crypto'

const detailOfKill = /signal: SIGKILL/
const detailOfDescriptors = /no descriptor is left|EMFILE|ENFILE/
const closed = /ECONNRESET|socket hang up|ECONNREFUSED|closed without|socket disconnected/

/** Says of each request whether the answer is right, why not if that may be, or that it is lost. */
export class Outcomes {
  counts = {}
  lost = []
  #reasons = new Map()
  #currentId
  #unsettled = []

  /** Takes the lines of the terminal: `502  POST /echo/7  … LambdaUnhandled` and, below, the detail. */
  note(line) {
    const id = /^\d+ {2}\w+ \/\w+\/(\d+)/.exec(line)?.[1]
    if (id !== undefined) {
      this.#currentId = /^5/.test(line) ? id : undefined
      if (this.#currentId) this.#reasons.set(id, line)
    } else if (this.#currentId !== undefined && line.startsWith('    ')) {
      this.#reasons.set(this.#currentId, `${this.#reasons.get(this.#currentId)}\n${line}`)
      this.#currentId = undefined
    }
  }

  add(protocol, request, answer, facts) {
    const settle = () => this.#count(protocol, request, answer, facts)
    // The terminal may say later why it was none.
    if (answer.status === 200) settle()
    else this.#unsettled.push(settle)
  }

  /** To be called when the terminal has said all. */
  settle() {
    for (const settle of this.#unsettled.splice(0)) settle()
  }

  #count(protocol, request, answer, facts) {
    const outcome = this.#judge(request, answer, facts)
    this.counts[outcome] ??= {}
    this.counts[outcome][protocol] = (this.counts[outcome][protocol] ?? 0) + 1
    if (outcome !== 'lost') return
    const { method, path, id } = request
    const { status, error, body } = answer
    const said = this.#reasons.get(id) ?? ''
    const got = error
      ? `${error.code ?? ''} ${error.message}`
      : `${status} ${body.subarray(0, 100)}`
    this.lost.push(`${protocol} ${method} ${path}: ${got}\n${said}`)
  }

  #judge(request, { status, body, error }, { latestVersion, hadNoDescriptors }) {
    if (error)
      return hadNoDescriptors && closed.test(error.message + error.code)
        ? 'no descriptor: closed'
        : 'lost'
    if (status === 200) return isRight(request, body, latestVersion) ? 'answered' : 'lost'
    const reason = this.#reasons.get(request.id) ?? ''
    if (status !== 502) return 'lost'
    if (detailOfKill.test(reason)) return 'its process killed: 502'
    return hadNoDescriptors && detailOfDescriptors.test(reason) ? 'no descriptor: 502' : 'lost'
  }
}

function isRight({ id, kind, body }, answer, latestVersion) {
  if (kind === 'large') return answer.toString() === id.padEnd(700_000, '.')
  const { id: ofAnswer, version, sha256 } = JSON.parse(answer.toString())
  const expected = createHash('sha256').update(body).digest('hex')
  return ofAnswer === id && sha256 === expected && version >= 1 && version <= latestVersion
}
