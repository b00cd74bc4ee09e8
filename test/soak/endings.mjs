// Every way in which an exchange can end, each with what it ends in. The limits are low, so that a
// million of them take minutes.
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'

const posted = {
  httpMethod: 'POST',
  headers: { host: 'app.test', 'content-type': 'image/png', 'content-length': '20000' },
  body: Buffer.alloc(20_000, 97).toString('base64'),
  isBase64Encoded: true,
}
const withBody = { event: posted }
const accepting = (coding) => ({ headers: { host: 'app.test', 'accept-encoding': coding } })
const small = { responseLimitBytes: 4_096 }

const never = () => {}
const ok = (_req, res) => res.end('ok')
const thrower = () => {
  throw new Error('broken')
}
const rejecter = async () => thrower()
const zeros = () => Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(1_000)))
const noise = () => Array.from({ length: 400 }, () => Math.random().toString(36)).join('')
const ending = (type, body) => (_req, res) => res.setHeader('content-type', type).end(body())
const piping = (type) => (_req, res) => zeros().pipe(res.setHeader('content-type', type))

const complete = {
  'at once': [ok],
  'a turn later': [(req, res) => turn().then(() => ok(req, res))],
  'in pieces': [
    async (_req, res) => {
      res.write('o')
      await turn()
      res.end('k')
    },
  ],
  'of HEAD': [ok, { event: { httpMethod: 'HEAD' } }],
  'by a pipe': [piping('image/png')],
  'with its body echoed': [(req, res) => req.pipe(res), withBody],
  'with its body read': [
    async (req, res) => res.end(String((await req.toArray()).length)),
    withBody,
  ],
  'with its body unread': [ok, withBody],
  'with its body half read': [
    (req, res) =>
      req.once('data', () => {
        req.pause()
        res.end('ok')
      }),
    withBody,
  ],
  'of a promised app': [ok, { promised: true }],
  'compressed by gzip': [
    ending('text/plain', () => 'a'.repeat(5_000)),
    { event: accepting('gzip'), options: small },
  ],
  'compressed by br': [piping('text/plain'), { event: accepting('br'), options: small }],
  'with its socket destroyed on finish': [
    (req, res) => res.once('finish', () => req.socket.destroy()).end('ok'),
  ],
  'with itself destroyed on close': [
    (_req, res) => res.once('close', () => res.destroy(new Error('broken'))).end('ok'),
  ],
}

const destroyingRequest = {
  req: (req) => req.destroy(),
  'req with an error': (req) => req.destroy(new Error('broken')),
}
const destroyingConnection = {
  res: (_req, res) => res.destroy(),
  'res with an error': (_req, res) => res.destroy(new Error('broken')),
  'the socket': (req) => req.socket.destroy(),
  'the socket with an error': (req) => req.socket.destroy(new Error('broken')),
}
const beforeTheEnd = {
  'in the listener': (destroy) => destroy(),
  'a turn later': (destroy) => turn().then(destroy),
  'after the head': (destroy, _req, res) => {
    res.flushHeaders()
    destroy()
  },
  'after a write': (destroy, _req, res) => {
    res.write('o')
    destroy()
  },
  'at the first chunk': (destroy, req) => req.once('data', destroy),
}
const atTheEnd = {
  'at the end of the body': (destroy, req) => req.resume().once('end', destroy),
}

function destroyed(destroyers, stages) {
  const cases = Object.entries(stages).flatMap(([when, at]) =>
    Object.entries(destroyers).map(([what, destroy]) => {
      const listener = (req, res) => at(() => destroy(req, res), req, res)
      return [`${what} ${when}`, [listener, withBody]]
    }),
  )
  return Object.fromEntries(cases)
}

const tooLarge = {
  'at once': [ending('text/plain', () => 'a'.repeat(5_000))],
  'as it passes': [piping('text/plain')],
  'as base64': [piping('image/png')],
  'though compressed': [ending('text/plain', noise), { event: accepting('gzip') }],
  'by its headers': [(_req, res) => res.setHeader('x-long', 'a'.repeat(5_000)).end('ok')],
}

const deadline = {
  'before a head': [never],
  'after the head': [(_req, res) => res.flushHeaders()],
  'after a write': [(_req, res) => res.write('o')],
  'with a pipe that stands still': [(_req, res) => new Readable({ read: never }).pipe(res)],
  'while a promise waits': [() => new Promise(never)],
  'with its body half read': [(req) => req.once('data', () => req.pause()), withBody],
}

const failed = {
  'by throwing': [thrower],
  'by rejecting': [rejecter],
  'by rejecting after a write': [
    async (_req, res) => {
      res.write('o')
      await turn()
      thrower()
    },
  ],
  'and onError has no answer': [thrower, { options: { onError: never } }],
}

const answered = {
  'at once': () => ({ statusCode: 503, body: 'sorry' }),
  'a turn later': () => turn({ statusCode: 503, body: 'sorry' }),
}

function late() {
  return { options: { deadlineMarginMs: 0 }, remainingMs: 3 }
}

/** With what all of them have. */
function all(kind, outcome, cases, shared = {}) {
  return Object.entries(cases).map(([name, [listener, more]]) => {
    return { name: `${kind} ${name}`, outcome, listener, ...shared, ...more }
  })
}

/** `outcome` is a status, the code of an error or the message of an app's own. */
export const endings = [
  ...all('complete', 200, complete),
  ...all('complete', 204, { 'without a body': [(_req, res) => res.writeHead(204).end()] }),
  ...all('lost by destroying', 'ALB_ERR_CONNECTION_LOST', {
    ...destroyed(destroyingRequest, beforeTheEnd),
    ...destroyed(destroyingConnection, { ...beforeTheEnd, ...atTheEnd }),
  }),
  ...all('lost by', 'ALB_ERR_CONNECTION_LOST', {
    'ending the socket': [(req) => void req.socket.end()],
  }),
  // As under listen: a request that was read to its end takes no connection with it.
  ...all(
    'late after destroying',
    'ALB_ERR_DEADLINE_EXCEEDED',
    destroyed(destroyingRequest, atTheEnd),
    late(),
  ),
  ...all('too large', 'ALB_ERR_RESPONSE_TOO_LARGE', tooLarge, { options: small }),
  ...all('late', 'ALB_ERR_DEADLINE_EXCEEDED', deadline, late()),
  ...all('failed', 'ALB_ERR_LISTENER_FAILED', failed),
  ...all('failed', 'broken', { 'and onError, too': [thrower, { options: { onError: thrower } }] }),
  ...all('failed', 'ALB_ERR_INVALID_RESULT', {
    'and onError gives no document': [thrower, { options: { onError: () => 'sorry' } }],
  }),
  ...Object.entries(answered).map(([name, onError]) => {
    return {
      name: `answered by onError ${name}`,
      outcome: 503,
      listener: thrower,
      options: { onError },
    }
  }),
  ...all('incomplete', 'ALB_ERR_RESPONSE_INCOMPLETE', {
    'by its length': [(_req, res) => res.writeHead(200, { 'content-length': '9' }).end('ok')],
  }),
  ...all('refused', 'ALB_ERR_INVALID_STATUS', {
    'for 700': [(_req, res) => res.writeHead(700).end()],
  }),
  ...all('refused', 'ALB_ERR_RAW_SOCKET_WRITE', {
    'for what is written to the socket': [
      (req) => void req.socket.write('HTTP/1.1 200 OK\r\n\r\n'),
    ],
  }),
  ...all('refused', 'ALB_ERR_NOT_AN_ALB_EVENT', {
    'for its service': [never, { event: { requestContext: {} } }],
  }),
  ...all('refused', 'ALB_ERR_INVALID_EVENT', { 'for its path': [never, { event: { path: 7 } }] }),
]
