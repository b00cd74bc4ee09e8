import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { nastyNames, nastyText, nastyValue } from './nasty.ts'
import type { Random } from './random.ts'

type Step = (random: Random, req: IncomingMessage, res: ServerResponse) => unknown

const names = [...nastyNames, 'content-type', 'vary', 'etag', 'location', 'link', 'trailer', 'x-a']
const types = ['text/plain', 'application/json', 'image/png', 'text/html; charset=latin1', ';', '']
const encodings = ['utf8', 'latin1', 'utf16le', 'hex', 'base64', 'ascii'] as const

/**
 * A listener that does one to eight things to its response, sound or not, some of them later, and
 * mostly ends it. As in many apps, what Node throws at it is sometimes caught.
 */
export function randomApp(random: Random): RequestListener {
  const steps = Array.from({ length: 1 + random.below(8) }, () => random.pick(frequent))
  const last = random.chance(0.9) ? end : random.pick(frequent)
  const catches = random.chance(0.7)
  return async (req, res) => {
    // Without listeners for errors of their own making, apps end their process under app.listen.
    for (const message of [req, res]) message.on('error', () => {})
    for (const step of [...steps, last]) {
      try {
        step(random, req, res)
      } catch (error) {
        // Once the response is complete, a failure is a process warning and nothing more.
        if (!catches && !res.writableEnded) throw error
      }
      if (random.chance(0.2)) await new Promise(setImmediate)
    }
  }
}

// What Node must refuse is handed to it as what its types want.
const setHeader: Step = (random, _req, res) =>
  res.setHeader(random.pick(names), headerValue(random) as string)
const appendHeader: Step = (random, _req, res) =>
  res.appendHeader(random.pick(names), headerValue(random) as string)
const setType: Step = (random, _req, res) => res.setHeader('content-type', random.pick(types))
const setCookies: Step = (random, _req, res) => {
  const cookies = Array.from({ length: random.pick([1, 2, 40, 520]) }, (_, n) => `c${n}=${n}`)
  res.setHeader('set-cookie', cookies)
}
const setLength: Step = (random, _req, res) =>
  res.setHeader('content-length', random.pick([0, 1, 5, 1e9, -1, '5, 5', 'x']))
const setStatus: Step = (random, _req, res) => {
  res.statusCode = status(random)
  if (random.chance(0.3)) res.statusMessage = nastyText(random)
}
const writeHead: Step = (random, _req, res) => {
  const headers = random.chance(0.5)
    ? { [random.pick(names)]: headerValue(random), 'x-b': '1' }
    : [random.pick(names), headerValue(random), 'x-b', nastyText(random)]
  if (random.chance(0.5)) res.writeHead(status(random), headers as never)
  else res.writeHead(status(random), nastyText(random), headers as never)
}
const write: Step = (random, _req, res) => {
  const [chunk, encoding] = data(random)
  res.write(chunk, encoding)
}
const end: Step = (random, _req, res) => {
  const [chunk, encoding] = data(random)
  if (random.chance(0.2)) res.end()
  else res.end(chunk, encoding)
}

const frequent: readonly Step[] = [
  ...[setHeader, setHeader, setHeader, appendHeader, setType, setType, setCookies, setLength],
  ...[setStatus, setStatus, writeHead, writeHead, write, write, write, end],
  (random, _req, res) => res.removeHeader(random.pick(names)),
  (_random, _req, res) => res.flushHeaders(),
  (_random, _req, res) => res.writeContinue(),
  (random, _req, res) => res.writeEarlyHints({ link: nastyText(random) }),
  (random, _req, res) => res.addTrailers({ [random.pick(names)]: nastyText(random) }),
  (random, _req, res) => (random.chance(0.5) ? res.cork() : res.uncork()),
  (random, req) => (random.chance(0.1) ? req.destroy(new Error('why')) : req.resume()),
  (random, _req, res) => random.chance(0.1) && res.destroy(),
  (random, req) => random.chance(0.1) && req.socket.destroy(),
  (random, req) => random.chance(0.1) && req.socket.write(nastyText(random)),
  (random, req) => random.chance(0.1) && req.socket.end(),
  (random) => {
    if (random.chance(0.1)) throw random.pick([new Error('why'), null, 'why'])
  },
]

function status(random: Random): number {
  return random.pick([
    200,
    200,
    200,
    204,
    206,
    304,
    404,
    500,
    599,
    100,
    101,
    199,
    600,
    999,
    200.5,
    NaN,
  ])
}

function headerValue(random: Random): unknown {
  if (random.chance(0.02)) return 'x'.repeat(40_000)
  return random.chance(0.7) ? nastyText(random) : nastyValue(random)
}

function data(random: Random): [chunk: string | Uint8Array, BufferEncoding] {
  const times = random.chance(0.01) ? 100_000 : 1
  if (random.chance(0.3)) return [random.bytes(random.below(20)), 'utf8']
  return [nastyText(random).repeat(times).slice(0, 2_000_000), random.pick(encodings)]
}
