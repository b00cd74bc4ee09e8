import { IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { isNodesOwn, outHeadersOf } from '../src/node-members.ts'
import { context, multiEvent } from './events.ts'

const restore: (() => void)[] = []
afterEach(() => {
  for (const step of restore.splice(0)) step()
})

/** Lets a prototype have a property that no constructor can set. */
function hide(prototype: object, name: string): void {
  const before = Object.getOwnPropertyDescriptor(prototype, name)
  Object.defineProperty(prototype, name, { configurable: true, get() {}, set() {} })
  restore.push(() => {
    if (before) Object.defineProperty(prototype, name, before)
    else Reflect.deleteProperty(prototype, name)
  })
}

describe('a Node without a member that the adapter builds on is refused', () => {
  it.each<[string, object]>([
    ['_addHeaderLines', IncomingMessage.prototype],
    ['_storeHeader', ServerResponse.prototype],
    ['_send', ServerResponse.prototype],
    ['_writeRaw', ServerResponse.prototype],
    ['_finish', ServerResponse.prototype],
    ['_header', OutgoingMessage.prototype],
    ['_headerSent', OutgoingMessage.prototype],
    ['chunkedEncoding', OutgoingMessage.prototype],
    ['_closed', OutgoingMessage.prototype],
  ])('%s', (name, prototype) => {
    hide(prototype, name)
    expect(() => albHandler(() => {})).toThrow(
      expect.objectContaining({
        code: 'ALB_ERR_UNSUPPORTED_NODE',
        message: expect.stringContaining(`: ${name}`),
      }),
    )
  })

  it.each(['ended', 'endEmitted'])('%s, of the state of a request', (name) => {
    hideOfState(name)
    expect(() => albHandler(() => {})).toThrow(
      expect.objectContaining({ code: 'ALB_ERR_UNSUPPORTED_NODE' }),
    )
  })
})

it.each(['closed', 'closeEmitted'])(
  'an unread request ends the slow way on a Node without %s',
  async (name) => {
    let seen: IncomingMessage | undefined
    const handler = albHandler((req, res) => {
      seen = req
      res.end()
    })
    hideOfState(name)
    await handler(multiEvent({ httpMethod: 'POST', body: 'unread' }), context)
    await finished(seen as IncomingMessage)
    expect(seen?.readableDidRead).toBe(true)
  },
)

describe('what fast ways need', () => {
  it('is where fields are set on a message', () => {
    const message = new OutgoingMessage()
    expect(outHeadersOf(message)).toBeNull()
    message.setHeader('X-A', '1')
    expect(outHeadersOf(message)).toEqual({ 'x-a': ['X-A', '1'] })
  })

  it.each(['setHeader', 'removeHeader'] as const)('is %s as Node has it', (name) => {
    const method = ServerResponse.prototype[name]
    const wrapped = function (this: object, ...args: never) {
      return Reflect.apply(method, this, args)
    }
    expect([isNodesOwn(method), isNodesOwn(wrapped)]).toEqual([true, false])
  })
})

/** Lets the state of each request from now on lack a property. */
function hideOfState(name: string): void {
  Object.defineProperty(IncomingMessage.prototype, '_readableState', {
    configurable: true,
    set(state: object) {
      const get = (target: object, key: PropertyKey) =>
        key === name ? undefined : Reflect.get(target, key)
      Object.defineProperty(this, '_readableState', { value: new Proxy(state, { get }) })
    },
  })
  restore.push(() => void Reflect.deleteProperty(IncomingMessage.prototype, '_readableState'))
}
