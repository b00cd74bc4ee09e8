import { createServer, type RequestListener, type Server } from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const numbered: RequestListener = (req, res) => {
  res.end(`socket ${(req.socket as Socket & { number?: number }).number}`)
}
const visit = (server: Server, headers = {}) =>
  albHandler(server)(singleEvent({ headers }), context)

/** Gives each connection a number. */
function number(server: Server, event: string): Server {
  let connections = 0
  return server.on(event, (socket) => Object.assign(socket, { number: ++connections }))
}

describe('a server given to the handler tells its own listeners', () => {
  it('of each connection, before its request', async () => {
    const server = number(createServer(numbered), 'connection')
    expect((await visit(server)).body).toBe('socket 1')
    expect((await visit(server)).body).toBe('socket 2')
  })

  it('of a secure connection, if it is an HTTPS server', async () => {
    const server = number(https.createServer(numbered), 'secureConnection')
    expect((await visit(server)).body).toBe('socket 1')
  })

  it('once, if they are to be called once', async () => {
    const server = createServer(numbered)
    server.once('connection', (socket) => Object.assign(socket, { number: 'of once' }))
    expect((await visit(server)).body).toBe('socket of once')
    expect((await visit(server)).body).toBe('socket undefined')
  })

  it('and gives no request on a connection that one of them closed', async () => {
    const server = createServer(() => expect.unreachable())
    server.on('connection', (socket) => void socket.destroy())
    await expect(visit(server)).rejects.toMatchObject({ code: 'ALB_ERR_CONNECTION_LOST' })
  })

  it('and rejects when one of them throws', async () => {
    const server = createServer(() => expect.unreachable())
    const cause = new Error('why')
    server.on('connection', () => {
      throw cause
    })
    await expect(visit(server)).rejects.toMatchObject({ code: 'ALB_ERR_LISTENER_FAILED', cause })
  })
})

describe('an expectation, which no load balancer forwards', () => {
  const expecting = { expect: '100-continue' }

  it('to continue is for the listeners of checkContinue', async () => {
    const server = createServer(() => expect.unreachable())
    server.on('checkContinue', (_req, res) => res.end('checked'))
    expect((await visit(server, expecting)).body).toBe('checked')
  })

  it('to continue is met without such a listener', async () => {
    const server = createServer((_req, res) => void res.end('continued'))
    expect((await visit(server, expecting)).body).toBe('continued')
  })

  it.each([[['100-continue', 'more']], [['more', '100-continue']]])(
    'to continue is met in one of several lines: %j',
    async (lines) => {
      const server = createServer((req, res) => void res.end(req.headers.expect))
      const event = multiEvent({ multiValueHeaders: { expect: lines } })
      expect(await albHandler(server)(event, context)).toMatchObject({ body: lines.join(', ') })
    },
  )

  it('of another kind is for the listeners of checkExpectation', async () => {
    const server = createServer(() => expect.unreachable())
    server.on('checkExpectation', (_req, res) => res.end('checked'))
    expect((await visit(server, { expect: 'more' })).body).toBe('checked')
  })

  it('of another kind fails without such a listener', async () => {
    const server = createServer(() => expect.unreachable())
    expect((await visit(server, { expect: 'more' })).statusCode).toBe(417)
  })
})

it('two handlers of one server each learn of their own rejections', async () => {
  const server = createServer(async () => {
    throw new Error('why')
  })
  const handlers = [albHandler(server), albHandler(server)]
  for (const handler of handlers) {
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_LISTENER_FAILED',
      cause: { message: 'why' },
    })
  }
})
