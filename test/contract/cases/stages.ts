import { AsyncLocalStorage } from 'node:async_hooks'
import { codeOf } from '../code-of.ts'
import type { Case, Response } from '../contract.ts'
import { get, post } from '../request.ts'

export const stageCases: readonly Case[] = [
  {
    name: 'res passes prefinish, finish and close, in this order',
    app: (saw) => (_req, res) => {
      for (const event of ['prefinish', 'finish', 'close']) res.on(event, () => saw(event))
      res.end('x')
    },
    request: get(),
    saw: ['prefinish', 'finish', 'close'],
  },
  {
    name: 'req passes end and close around a body that is read',
    app: (saw) => (req, res) => {
      for (const event of ['end', 'close']) req.on(event, () => saw(event))
      req.resume().on('end', () => res.end())
    },
    request: post('body'),
    saw: ['end', 'close'],
  },
  {
    name: 'req and res close after finish',
    app: (saw) => (req, res) => {
      const order: string[] = []
      const mark = (event: string) => () => {
        if (order.push(event) === 3) saw([order[0], order.slice(1).sort()])
      }
      res.on('finish', mark('finish')).on('close', mark('res'))
      req.on('close', mark('req'))
      res.end()
    },
    request: get(),
    saw: [['finish', ['req', 'res']]],
  },
  {
    name: 'a body that nobody reads keeps nobody from closing',
    app: (saw) => (req, res) => {
      req.on('close', () => saw('close'))
      res.end('x')
    },
    request: post('unread'),
    body: 'x',
    saw: ['close'],
  },
  {
    name: 'headersSent, writableEnded and writableFinished tell the stage',
    app: (saw) => (_req, res) => {
      const stage = (name: string) => saw([name, res.headersSent, res.writableEnded])
      res.on('finish', () => stage(`finish ${res.writableFinished}`))
      res.on('close', () => stage(`close ${res.writableFinished}`))
      stage(`start ${res.writableFinished}`)
      res.write('x')
      stage(`written ${res.writableFinished}`)
      res.end()
      // Whether the bytes have left yet is the kernel's affair: writableFinished says nothing here.
      stage('ended')
    },
    request: get(),
    body: 'x',
    saw: [
      ['start false', false, false],
      ['written false', true, false],
      ['ended', true, true],
      ['finish true', true, true],
      ['close true', true, true],
    ],
  },
  {
    name: 'finished, closed, destroyed and errored tell the stage',
    app: (saw) => (_req, res) => {
      const stage = (name: string) => saw([name, finished(res), res.closed, res.errored])
      res.on('finish', () => stage('finish'))
      res.on('close', () => stage('close'))
      stage('start')
      res.end()
      stage('ended')
    },
    request: get(),
    saw: [
      ['start', false, false, null],
      ['ended', true, false, null],
      ['finish', true, false, null],
      ['close', true, true, null],
    ],
  },
  {
    name: 'writable is true until the end is asked for',
    app: (saw) => (_req, res) => {
      saw([res.writable, res.destroyed, res.writableObjectMode, res.writableCorked])
      res.end()
    },
    request: get(),
    saw: [[true, false, false, 0]],
  },
  {
    name: 'complete is false until the body is read',
    app: (saw) => async (req, res) => {
      saw([req.complete, req.readableEnded])
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      saw([req.complete, req.readableEnded, Buffer.concat(chunks).length])
      res.end()
    },
    request: post(Buffer.alloc(300_000, 'x')),
    saw: [
      [false, false],
      [true, true, 300_000],
    ],
  },
  {
    name: 'an answered request is neither aborted nor errored',
    app: (saw) => (req, res) => {
      req.on('aborted', () => saw('aborted')).on('error', () => saw('error'))
      req.on('close', () => saw([req.aborted, req.errored, req.destroyed]))
      req.resume().on('end', () => res.end())
    },
    request: post('x'),
    saw: [[false, null, true]],
  },
  {
    name: 'listeners added after the end still get finish and close',
    app: (saw) => (_req, res) => {
      res.end('x')
      res.on('finish', () => saw('finish')).on('close', () => saw('close'))
    },
    request: get(),
    body: 'x',
    saw: ['finish', 'close'],
  },
  {
    name: 'listeners run in the async context they were made in',
    app: (saw) => {
      const storage = new AsyncLocalStorage<string>()
      return (req, res) =>
        storage.run('mine', async () => {
          for await (const _ of req);
          res.write('x', () => saw(storage.getStore()))
          setImmediate(() => {
            saw(storage.getStore())
            res.end()
          })
        })
    },
    request: post('x'),
    body: 'x',
    saw: ['mine', 'mine'],
  },
  {
    name: 'the app may answer long after the listener returned',
    app: () => (_req, res) => void setTimeout(() => res.end('late'), 30),
    request: get(),
    body: 'late',
  },
  {
    name: 'what the listener does after the end changes nothing',
    app: (saw) => async (_req, res) => {
      res.end('done')
      await null
      saw(codeOf(() => res.setHeader('x-late', '1')))
      saw(codeOf(() => res.writeHead(500)))
    },
    request: get(),
    without: ['x-late'],
    body: 'done',
    saw: ['ERR_HTTP_HEADERS_SENT', 'ERR_HTTP_HEADERS_SENT'],
  },
]

/** Deprecated in Node, and still what many middlewares read. */
function finished(res: Response): boolean {
  return res.finished
}
