import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { koa } from '../../apps/koa.ts'
import type { Case, Request, Response, Saw } from '../contract.ts'
import { get, post } from '../request.ts'

/** Tells what every Node line tells in the same order; `end` of an unread request moved in 26. */
function tellAll(saw: Saw, req: Request, res: Response): void {
  for (const event of ['aborted', 'close']) req.on(event, () => saw(`req ${event}`))
  for (const event of ['pipe', 'unpipe', 'finish', 'close'])
    res.on(event, () => saw(`res ${event}`))
  req.on('error', (error: NodeJS.ErrnoException) => saw(`req error ${error.code}`))
  req.socket.on('close', () => saw('socket close'))
}

const unread = ['res finish', 'res close', 'req close', 'socket close']

export const orderCases: readonly Case[] = [
  {
    name: 'a request that nobody reads closes after the response',
    app: (saw) => (req, res) => {
      tellAll(saw, req, res)
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: unread,
  },
  {
    name: 'a body that nobody reads closes after a response that takes its time',
    app: (saw) => (req, res) => {
      tellAll(saw, req, res)
      setTimeout(() => {
        saw('answer')
        res.end('x')
      }, 20)
    },
    request: post('unread'),
    body: 'x',
    saw: ['answer', ...unread],
  },
  {
    name: 'a body that is read closes before a response that takes its time',
    app: (saw) => (req, res) => {
      tellAll(saw, req, res)
      req.resume()
      setTimeout(() => {
        saw('answer')
        res.end('x')
      }, 20)
    },
    request: post('read'),
    body: 'x',
    saw: ['req close', 'answer', 'res finish', 'res close', 'socket close'],
  },
  {
    name: 'a request destroyed after it was read leaves the response alone',
    app: () => (req, res) => {
      req.resume().on('end', () => {
        req.destroy()
        res.end('x')
      })
    },
    request: post('read'),
    body: 'x',
  },
  {
    name: 'a loop over the body that is left early aborts the request, not the response',
    app: (saw) => async (req, res) => {
      req.on('aborted', () => saw('aborted'))
      req.on('error', ({ name }) => saw(name))
      for await (const _ of req) break
      saw('left')
      res.end('x')
    },
    request: post('half read'),
    body: 'x',
    saw: ['aborted', 'left', 'AbortError'],
  },
  {
    name: 'a stream piped to res is unpiped after finish',
    app: (saw) => (req, res) => {
      tellAll(saw, req, res)
      Readable.from(['x']).pipe(res)
    },
    request: get(),
    body: 'x',
    saw: ['res pipe', 'res finish', 'res unpipe', 'res close', 'req close', 'socket close'],
  },
  {
    name: 'once resolves at finish',
    app: (saw) => async (_req, res) => {
      res.end('x')
      await once(res, 'finish')
      saw(res.writableFinished)
    },
    request: get(),
    body: 'x',
    saw: [true],
  },
  {
    name: 'each listener of a server gets the request, with the server as this',
    app: (saw) => {
      const server = createServer()
      server.on('request', function (this: unknown) {
        saw(['first', this === server])
      })
      server.once('request', () => saw('once'))
      server.on('request', (_req, res) => res.end('x'))
      return server
    },
    request: get(),
    body: 'x',
    saw: [['first', true], 'once'],
  },
  {
    name: 'Koa tells its error listeners what the client must not know',
    app: (saw) => {
      const app = koa(() => {
        throw new Error('secret')
      })
      app.on('error', (error: Error, ctx) => saw([error.message, ctx.url]))
      return app
    },
    request: get('/a?b=1'),
    status: '500 Internal Server Error',
    body: 'Internal Server Error',
    saw: [['secret', '/a?b=1']],
  },
  {
    name: 'request.signal, where Node has it, outlives a complete response',
    app: (saw) => (req, res) => {
      const signal = Reflect.get(req, 'signal') ?? new AbortController().signal
      signal.onabort = () => saw('aborted')
      req.socket.on('close', () => setImmediate(() => saw(signal.aborted)))
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: [false],
  },
]
