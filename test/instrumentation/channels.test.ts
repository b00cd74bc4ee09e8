import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { IncomingMessage, type RequestListener, Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ways } from './ways.ts'

type Message = Readonly<Record<string, unknown>>

const channels = [
  'http.server.request.start',
  'http.server.response.created',
  'http.server.response.finish',
]
const classes = {
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  socket: Socket,
}
// Node publishes the creation of a response since version 22.
const hasResponseCreated = !process.version.startsWith('v20.')

let messages: { readonly name: string; readonly message: Message }[] = []

function record(message: unknown, name: string | symbol): void {
  // Each of these channels publishes an object.
  messages.push({ name: String(name), message: message as Message })
}

const storage = new AsyncLocalStorage<string>()

const greeting = new Koa().use((ctx) => {
  ctx.body = 'hello'
})

beforeEach(() => {
  messages = []
  for (const name of channels) subscribe(name, record)
})

afterEach(() => {
  for (const name of channels) unsubscribe(name, record)
})

describe.each(ways)('the http.server channels over %s', (_, visit) => {
  it('publish the same messages in the same order with the same fields', async () => {
    await visit(greeting, '/')
    const published = messages.map(({ name, message }) => [name, ...Object.keys(message).sort()])
    expect(published).toEqual([
      ...(hasResponseCreated ? [['http.server.response.created', 'request', 'response']] : []),
      ['http.server.request.start', 'request', 'response', 'server', 'socket'],
      ['http.server.response.finish', 'request', 'response', 'server', 'socket'],
    ])
  })

  it('publish objects of Node’s classes, the same in each message', async () => {
    await visit(greeting, '/')
    const last = messages.at(-1)?.message ?? {}
    for (const [field, value] of messages.flatMap(({ message }) => Object.entries(message))) {
      expect(value).toBe(last[field])
      expect(value).toBeInstanceOf(classes[field as keyof typeof classes])
    }
  })

  it('publish the start before the app sees the request', async () => {
    const seen: string[] = []
    const app = new Koa().use((ctx) => {
      seen.push(...messages.map(({ name }) => name).filter((name) => name.includes('.start')))
      ctx.body = 'hello'
    })
    await visit(app, '/')
    expect(seen).toEqual(['http.server.request.start'])
  })

  it('publish the finish with the status sent', async () => {
    expect(await visit(new Koa(), '/')).toBe('404 Not Found')
    const { response } = messages.at(-1)?.message ?? {}
    expect(response).toMatchObject({ statusCode: 404, writableFinished: true })
  })

  it.each<[string, RequestListener]>([
    ['the app', answerLater],
    ['the events of the request', answerAtEnd],
  ])('let a subscriber enter a context that reaches %s', async (_place, listener) => {
    const enter = () => storage.enterWith('entered at the start')
    subscribe('http.server.request.start', enter)
    const answer = await visit(listener, '/').finally(() =>
      unsubscribe('http.server.request.start', enter),
    )
    expect(answer).toBe('200 entered at the start')
  })
})

async function answerLater(_req: IncomingMessage, res: ServerResponse): Promise<void> {
  await setImmediate()
  res.end(storage.getStore())
}

function answerAtEnd(req: IncomingMessage, res: ServerResponse): void {
  req.resume().on('end', () => res.end(storage.getStore()))
}
