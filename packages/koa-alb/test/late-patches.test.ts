import { createServer, OutgoingMessage, type RequestListener, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, multiEvent } from './events.ts'

const restore: (() => void)[] = []
afterEach(() => {
  for (const step of restore.splice(0)) step()
})

/** Wraps a method as instrumentation does; the arguments of each call. */
function wrap(holder: object, name: string): unknown[] {
  const calls: unknown[] = []
  const before = Object.getOwnPropertyDescriptor(holder, name)
  const original = Reflect.get(holder, name)
  Object.defineProperty(holder, name, {
    configurable: true,
    writable: true,
    value: function wrapped(this: object, ...args: unknown[]) {
      calls.push(args[0])
      return original.apply(this, args)
    },
  })
  restore.push(() => {
    if (before) Object.defineProperty(holder, name, before)
    else Reflect.deleteProperty(holder, name)
  })
  return calls
}

const listener: RequestListener = (_req, res) => {
  res.setHeader('x-a', '1')
  res.removeHeader('x-b')
  res.writeHead(200).end('text')
}

describe('what wraps, after the first request, what Node does', () => {
  it.each<[string, object, unknown]>([
    ['setHeader', OutgoingMessage.prototype, 'x-a'],
    ['setHeader', ServerResponse.prototype, 'x-a'],
    ['removeHeader', OutgoingMessage.prototype, 'x-b'],
    ['writeHead', ServerResponse.prototype, 200],
    ['end', OutgoingMessage.prototype, 'text'],
    ['end', ServerResponse.prototype, 'text'],
  ])('sees each %s', async (name, prototype, argument) => {
    const handler = albHandler(listener)
    await handler(multiEvent(), context)
    const calls = wrap(prototype, name)
    await handler(multiEvent(), context)
    expect(calls).toContain(argument)
  })

  it.each(['setHeader', 'removeHeader', 'writeHead', 'end'])(
    'sees each %s of one',
    async (name) => {
      const calls: unknown[][] = []
      const handler = albHandler((req, res) => {
        calls.push(wrap(res, name))
        listener(req, res)
      })
      await handler(multiEvent(), context)
      await handler(multiEvent(), context)
      expect(calls.map((of) => of.length)).toEqual([1, 1])
    },
  )

  it.each(['server', 'prototype'])(
    'sees the requests that a server emits, on the %s',
    async (on) => {
      const server = createServer(listener)
      const handler = albHandler(server)
      await handler(multiEvent(), context)
      const calls = wrap(on === 'server' ? server : Object.getPrototypeOf(server), 'emit')
      await handler(multiEvent(), context)
      expect(calls).toContain('request')
    },
  )
})
