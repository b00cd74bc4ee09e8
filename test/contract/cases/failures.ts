import { pipeline, Readable } from 'node:stream'
import { expressApp } from '../../apps/express.ts'
import { koa } from '../../apps/koa.ts'
import type { App } from '../contract.ts'

/** An app whose response never becomes complete. */
export interface Failure {
  /** What the app does, in the present tense. */
  readonly name: string
  readonly app: () => App
  /** Of the `AlbError` the handler rejects with. */
  readonly code: string
  /** Under `app.listen` the process would go down with it. */
  readonly crashesServer?: true
}

function* failing(): Generator<string> {
  yield 'the first part'
  throw new Error('the source failed')
}

export const failures: readonly Failure[] = [
  {
    name: 'destroys res before a byte is written',
    app: () => (_req, res) => void res.destroy(),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys res midway',
    app: () => (_req, res) => {
      res.write('half')
      setImmediate(() => res.destroy())
    },
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys res with an error midway',
    app: () => (_req, res) => {
      res.on('error', () => {})
      res.write('half')
      res.destroy(new Error('why'))
    },
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys res and ends it all the same',
    app: () => (_req, res) => {
      res.on('error', () => {})
      res.write('half')
      res.destroy()
      setImmediate(() => res.end('the rest'))
    },
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys req',
    app: () => (req) => void req.destroy(),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys req with an error after a part of the response',
    app: () => (req, res) => {
      req.on('error', () => {})
      res.write('half')
      req.destroy(new Error('why'))
    },
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys the socket',
    app: () => (req) => void req.socket.destroy(),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'destroys the socket with an error midway',
    app: () => (_req, res) => {
      res.write('half')
      res.socket?.destroy(new Error('why'))
    },
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'ends the socket before a response',
    app: () => (req) => void req.socket.end(),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'lets a timeout pass that nobody handles',
    app: () => (req) => void req.setTimeout(10),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'pipelines a stream that fails midway',
    app: () => (_req, res) => pipeline(Readable.from(failing()), res, () => {}),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'declares more bytes than it writes',
    app: () => (_req, res) => res.setHeader('content-length', '10').end('short'),
    code: 'ALB_ERR_RESPONSE_INCOMPLETE',
  },
  {
    name: 'declares fewer bytes than it writes',
    app: () => (_req, res) => res.setHeader('content-length', '3').end('longer'),
    code: 'ALB_ERR_RESPONSE_INCOMPLETE',
  },
  {
    name: 'throws before a response',
    app: () => () => {
      throw new Error('why')
    },
    code: 'ALB_ERR_LISTENER_FAILED',
    crashesServer: true,
  },
  {
    name: 'throws midway',
    app: () => (_req, res) => {
      res.write('half')
      throw new Error('why')
    },
    code: 'ALB_ERR_LISTENER_FAILED',
    crashesServer: true,
  },
  {
    name: 'rejects before a response',
    app: () => async () => {
      throw new Error('why')
    },
    code: 'ALB_ERR_LISTENER_FAILED',
    crashesServer: true,
  },
  {
    name: 'rejects midway, after an await',
    app: () => async (_req, res) => {
      res.write('half')
      await null
      throw new Error('why')
    },
    code: 'ALB_ERR_LISTENER_FAILED',
    crashesServer: true,
  },
  {
    name: 'throws what is no error',
    app: () => () => {
      throw null
    },
    code: 'ALB_ERR_LISTENER_FAILED',
    crashesServer: true,
  },
  {
    name: 'gives Koa a body that fails midway',
    app: () =>
      koa((ctx) => {
        ctx.body = Readable.from(failing())
      }),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'gives Koa a body shorter than ctx.length',
    app: () =>
      koa((ctx) => {
        ctx.body = Readable.from(['short'])
        ctx.length = 10
      }),
    code: 'ALB_ERR_RESPONSE_INCOMPLETE',
  },
  {
    name: 'destroys the response of Koa itself',
    app: () =>
      koa((ctx) => {
        ctx.respond = false
        ctx.res.write('half')
        ctx.res.destroy()
      }),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
  {
    name: 'fails in Express after a part of the response',
    app: () =>
      expressApp((app) =>
        app.get('/', (_req, res) => {
          res.write('half')
          throw new Error('why')
        }),
      ),
    code: 'ALB_ERR_CONNECTION_LOST',
  },
]
