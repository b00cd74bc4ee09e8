import { EventEmitter } from 'node:events'
import type * as Http from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { requireBuiltin } from './builtin.ts'
import { lastValue } from './header-lines.ts'
import { carriedBy } from './invocation.ts'

// What a server does with a connection and a request, but for reading them from a port.

/**
 * emit() drops what a listener returns, and with it the rejection of an async one, unless its
 * emitter was constructed to capture them. A server cannot be, so that constructor runs once more.
 * Several copies of this package may do so to one server: each finds the exchange by its request.
 */
export function captureRejections(server: Server): void {
  // Node's own capturing answers 500, as it would under `listen`.
  if (EventEmitter.captureRejections) return
  Reflect.apply(EventEmitter, server, [{ captureRejections: true }])
  Object.assign(server, { [EventEmitter.captureRejectionSymbol]: onRejection })
}

function onRejection(cause: unknown, _event: string, request: unknown): void {
  const carried = carriedBy(request)
  // Of no exchange of ours: unhandled, as without capturing.
  if (carried) carried.fail(cause)
  else void Promise.reject(cause)
}

/** Tells the app's own listeners of a new connection, never Node's, which would read from it. */
export function connect(server: Server, connection: Socket): void {
  const event = server.listenerCount('secureConnection') > 0 ? 'secureConnection' : 'connection'
  if (server.listenerCount(event) <= 1) return
  for (const listener of server.rawListeners(event)) {
    // A listener of `once` is wrapped, and removes itself when called.
    const { listener: original = listener } = listener as { listener?: unknown }
    if (!nodeListeners(event).has(original)) Reflect.apply(listener, server, [connection])
  }
}

const ofNode: Record<string, ReadonlySet<unknown>> = {}

/** The listeners every server has from Node. */
function nodeListeners(event: 'connection' | 'secureConnection'): ReadonlySet<unknown> {
  // The app has a server of the module.
  const name = event === 'connection' ? 'node:http' : 'node:https'
  const { createServer } = requireBuiltin(name) as typeof Http
  ofNode[event] ??= new Set(createServer().listeners(event))
  return ofNode[event]
}

/**
 * Emits what a server emits for a request. A load balancer answers expectations itself and forwards
 * none; an event of other making may have one.
 */
export function dispatch(server: Server, request: IncomingMessage, response: ServerResponse): void {
  const isExpecting = lastValue(request.rawHeaders, 'expect') !== undefined
  // Several lines are one text, as for Node.
  const expectation = isExpecting ? request.headers.expect : undefined
  if (expectation === undefined) server.emit('request', request, response)
  else if (/(?:^|\W)100-continue(?:$|\W)/i.test(expectation)) {
    if (server.emit('checkContinue', request, response)) return
    response.writeContinue()
    server.emit('request', request, response)
  } else if (!server.emit('checkExpectation', request, response)) {
    response.writeHead(417).end()
  }
}
