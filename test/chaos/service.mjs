// The command line in a process of its own, and all that it prints.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(
  new URL('../../packages/koa-alb-local/bin/koa-alb-local.js', import.meta.url),
)
const forward = [{ Type: 'forward', TargetGroupArn: 'Group' }]

/** What all of its processes have in their environment, and no others. */
export const mark = `CHAOS_RUN=${randomUUID()}`

const configuration = (mark) => ({
  listeners: {
    Web: { Port: 80, Protocol: 'HTTP', DefaultActions: forward },
    Secure: {
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: 'Certificate' }],
      DefaultActions: forward,
    },
  },
  targetGroups: { Group: { TargetType: 'lambda', Targets: [{ Id: 'chaos' }] } },
  functions: {
    chaos: {
      Code: 'function',
      Handler: 'index.handler',
      // Bursts on a busy machine are no fault of the function.
      Timeout: 120,
      Environment: { Variables: Object.fromEntries([mark.split('=')]) },
    },
  },
})

/** Emits `line` for each line that is printed. */
export class Service extends EventEmitter {
  temporary
  ports = {}
  #child
  #printed

  constructor(folder, accessLog, printed) {
    super()
    this.temporary = join(folder, 'tmp')
    mkdirSync(this.temporary)
    const file = join(folder, 'local.json')
    writeFileSync(file, JSON.stringify(configuration(mark)))
    const args = [command, '--config', file, '--port', '0', '--watch', '--concurrency', '150']
    this.#printed = createWriteStream(printed)
    this.#child = spawn(process.execPath, [...args, '--access-log', accessLog], {
      cwd: folder,
      env: { ...process.env, ...Object.fromEntries([mark.split('=')]), TMPDIR: this.temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#note(line))
    }
  }

  get pid() {
    return this.#child.pid
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Settles when both listeners are there. */
  started() {
    const names = { Web: 'http', Secure: 'https' }
    return new Promise((resolve, reject) => {
      this.#child.once('exit', (status) => reject(new Error(`ended with ${status} at the start`)))
      this.on('line', (line) => {
        const found = /^Listening on .*:(\d+) \((\w+),/.exec(line)
        if (found) this.ports[names[found[2]]] = Number(found[1])
        if (this.ports.http && this.ports.https) resolve()
      })
    })
  }

  /** Ctrl-C: how it ended, and after how many milliseconds. */
  async stop() {
    const startedAt = performance.now()
    this.#child.kill('SIGINT')
    if (this.isRunning) await once(this.#child, 'close')
    const { exitCode, signalCode } = this.#child
    return { status: exitCode ?? signalCode, ms: Math.round(performance.now() - startedAt) }
  }

  kill() {
    this.#child.kill('SIGKILL')
  }

  /** Megabytes in memory. */
  residentMB() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1024)
  }

  #note(line) {
    this.#printed.write(`${line}\n`)
    this.emit('line', line)
  }
}
