// Plays an ending: handler, event and context for it, and what came of it.
import { createServer } from 'node:http'

const idleMs = 60_000
const never = () => {}

/** A handler for an ending. No idle time is over before the ending, and none may outlive it. */
export function createHandler(albHandler, { listener, options, promised }, seen = never) {
  const server = createServer((req, res) => {
    seen(req, res)
    req.setTimeout(idleMs, never)
    res.setTimeout(idleMs, never)
    req.socket.setTimeout(idleMs, never)
    return listener(req, res)
  }).setTimeout(idleMs)
  return albHandler(promised ? Promise.resolve(server) : server, options)
}

/** Of its own for each invocation, so that what holds on to one holds memory. */
export function createEvent({ event }, multi = false) {
  const headers = { host: 'app.test', ...event?.headers }
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return {
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'GET',
    path: '/',
    body: '',
    isBase64Encoded: false,
    ...event,
    ...(multi ? { headers: undefined, multiValueHeaders: lists } : { headers }),
  }
}

export function createContext({ remainingMs = 30_000 }) {
  return { getRemainingTimeInMillis: () => remainingMs }
}

/** What an invocation ended in, in the terms of the endings. */
export async function outcomeOf(invocation) {
  return invocation.then(
    ({ statusCode }) => statusCode,
    (error) => error.code ?? error.message,
  )
}
