import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import Koa from 'koa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ways } from './ways.ts'

type Method = (this: object, ...values: unknown[]) => unknown

const storage = new AsyncLocalStorage<string>()

const greeting = new Koa().use((ctx) => {
  ctx.set('x-greeting', 'yes')
  ctx.body = 'hello'
})

const tellingContext = new Koa().use(async (ctx) => {
  await setImmediate()
  ctx.body = storage.getStore()
})

/** Replaces a method, inherited or not, until the test has finished. */
function patch(target: object, name: string, wrap: (original: Method) => Method): void {
  const own = Object.getOwnPropertyDescriptor(target, name)
  Object.defineProperty(target, name, {
    configurable: true,
    writable: true,
    value: wrap(Reflect.get(target, name)),
  })
  onTestFinished(() => {
    Reflect.deleteProperty(target, name)
    if (own) Object.defineProperty(target, name, own)
  })
}

describe.each(ways)('an agent over %s', (_, visit) => {
  // As dd-trace, New Relic, Elastic APM and OpenTelemetry do.
  it('that patches http.Server.prototype.emit sees each request once', async () => {
    const seen: unknown[] = []
    patch(
      Server.prototype,
      'emit',
      (original) =>
        function (event, ...values) {
          const [req, res] = values
          if (req instanceof IncomingMessage && res instanceof ServerResponse)
            seen.push([event, this instanceof Server, req.url, res.headersSent, values.length])
          return original.call(this, event, ...values)
        },
    )
    await visit(greeting, '/parts?full=yes')
    expect(seen).toEqual([['request', true, '/parts?full=yes', false, 2]])
  })

  it('that patches http.Server.prototype.emit runs the app in its context', async () => {
    patch(
      Server.prototype,
      'emit',
      (original) =>
        function (...values) {
          return storage.run('of the agent', () => original.apply(this, values))
        },
    )
    expect(await visit(tellingContext, '/')).toBe('200 of the agent')
  })

  // As Sentry does.
  it('that patches emit of the server the start channel names runs the app in its context', async () => {
    const patchServer = (message: unknown) => {
      const { server } = message as { server: Server }
      patch(
        server,
        'emit',
        (original) =>
          function (...values) {
            return storage.run('of the agent', () => original.apply(this, values))
          },
      )
    }
    subscribe('http.server.request.start', patchServer)
    onTestFinished(() => void unsubscribe('http.server.request.start', patchServer))
    expect(await visit(tellingContext, '/')).toBe('200 of the agent')
  })

  it('that patches methods of http.ServerResponse sees the calls', async () => {
    const called: string[] = []
    for (const name of ['setHeader', 'writeHead', 'write', 'end'])
      patch(
        ServerResponse.prototype,
        name,
        (original) =>
          function (...values) {
            called.push(name)
            return original.apply(this, values)
          },
      )
    await visit((_req, res) => {
      res.setHeader('x-a', '1')
      res.writeHead(201).write('hello')
      res.end()
    }, '/')
    expect(called).toEqual(['setHeader', 'writeHead', 'write', 'end'])
  })

  it('that patches http.ServerResponse.prototype.emit sees finish before close', async () => {
    const emitted: unknown[] = []
    patch(
      ServerResponse.prototype,
      'emit',
      (original) =>
        function (event, ...values) {
          emitted.push(event)
          return original.call(this, event, ...values)
        },
    )
    await visit(greeting, '/')
    expect(emitted).toEqual(['socket', 'prefinish', 'finish', 'close'])
  })
})
