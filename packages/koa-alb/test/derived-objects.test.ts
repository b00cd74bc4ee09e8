import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { albHandler, invocation } from '../src/index.ts'
import { context, multiEvent } from './events.ts'

const headers = { host: ['a.example'], 'content-length': ['5'], 'x-forwarded-for': ['192.0.2.1'] }
const event = multiEvent({ httpMethod: 'POST', body: 'hello', multiValueHeaders: headers })
const post = async (listener: RequestListener) => (await albHandler(listener)(event, context)).body

describe.each<[string, <T extends object>(object: T) => T]>([
  ['Object.create', (object) => Object.create(object)],
  ['a Proxy', (object) => new Proxy(object, {})],
])('%s of a request', (_, derive) => {
  it('is read by its events', async () => {
    const body = await post((req, res) => {
      let read = ''
      const derived = derive(req).setEncoding('utf8')
      derived.on('data', (chunk) => {
        read += chunk
      })
      derived.on('end', () => res.end(read))
    })
    expect(body).toBe('hello')
  })

  it('is read by read', async () => {
    const body = await post((req, res) => {
      const derived = derive(req)
      const parts: unknown[] = []
      derived.on('readable', () => {
        for (let part = derived.read(2); part !== null; part = derived.read(2)) parts.push(part)
      })
      derived.on('end', () => res.end(parts.join()))
    })
    expect(body).toBe('he,ll,o')
  })

  it('is piped', async () => {
    expect(await post((req, res) => void derive(req).pipe(res))).toBe('hello')
  })

  it('shows its fields', async () => {
    const body = await post((req, res) => {
      const { method, url, headers, socket } = derive(req)
      res.end([method, url, headers['content-length'], socket.remoteAddress].join())
    })
    expect(body).toBe('POST,/,5,192.0.2.1')
  })

  it('has its invocation', async () => {
    const body = await post((req, res) => {
      res.end(String(invocation(derive(req))?.event === event))
    })
    expect(body).toBe('true')
  })
})

it('a request whose prototype was replaced gives back what was read after its end', async () => {
  const body = await post(async (req, res) => {
    Object.setPrototypeOf(req, Object.create(IncomingMessage.prototype))
    req.on('readable', () => {})
    for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve))
    const peeked = req.read()
    await new Promise((resolve) => process.nextTick(resolve))
    req.unshift(peeked)
    res.end(`${Object.keys(req).includes('read')} ${Buffer.concat(await req.toArray())}`)
  })
  expect(body).toBe('false hello')
})

it('a Proxy of the socket answers as the socket', async () => {
  const body = await post((req, res) => {
    const socket = new Proxy(req.socket, {})
    socket.setTimeout(1000).cork()
    socket.uncork()
    const { remoteAddress, remoteFamily, bytesWritten, writable, timeout } = socket
    res.end([remoteAddress, remoteFamily, bytesWritten, writable, timeout].join())
  })
  expect(body).toBe('192.0.2.1,IPv4,0,true,1000')
})

it('a Proxy of the socket is destroyed as the socket', async () => {
  const failing = post((req) => void new Proxy(req.socket, {}).setTimeout(1000).destroy())
  await expect(failing).rejects.toMatchObject({ code: 'ALB_ERR_CONNECTION_LOST' })
})

it.each<[string, (res: ServerResponse) => ServerResponse]>([
  ['Object.create', (res) => Object.create(res)],
  ['a Proxy', (res) => new Proxy(res, {})],
])('%s of a response ends it, though under listen it would not', async (_, derive) => {
  expect(await post((_req, res) => void derive(res).setHeader('x-a', '1').end('done'))).toBe('done')
})

it('objects have the constructors that Node gives them', async () => {
  let seen: unknown[] = []
  await post((req, res) => {
    seen = [req.constructor, res.constructor, req.socket.constructor]
    res.end()
  })
  expect(seen).toEqual([IncomingMessage, ServerResponse, Socket])
})

it('a request shows nothing of its invocation when it is printed', async () => {
  const body = await post((req, res) => void res.end(inspect(req, { depth: 9 })))
  expect(body).not.toContain('targetGroupArn')
})
