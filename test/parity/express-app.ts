import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express'
import type { ExpressFinal, ExpressStep } from './express-behaviours.ts'
import { valuesOf } from './fields.ts'
import { bytesOf, flow } from './pieces.ts'
import { behaviourFor, type Play, perform } from './play.ts'
import { attempt, noteResponse, readBody } from './seen.ts'

/** An Express app that does what the play says. */
export function createExpressApp(play: Play): Express {
  const app = express()
  // Express prints errors to stderr in every other environment.
  app.set('env', 'test')
  app.use((req, res, next) =>
    perform(play, res, async (seen) => {
      const { answer, reading } = behaviourFor(play, 'express')
      seen.framework = seenByExpress(req)
      await readBody(seen, req, reading)
      for (const step of answer.steps) attempt(seen, () => take(res, step))
      noteResponse(seen, res)
      await finish(res, answer.final, next)
    }),
  )
  app.use(withoutStack)
  return app
}

/** The error page shows the stack, which is not the same under every server. */
const withoutStack: ErrorRequestHandler = (error, _req, _res, next) => {
  error.stack = String(error)
  next(error)
}

function take(res: Response, step: ExpressStep): unknown {
  switch (step.do) {
    case 'set':
    case 'append':
      return res[step.do](step.field.name, valuesOf(step.field))
    case 'status':
      return res.status(step.status)
    case 'cookie':
      return res.cookie(step.name, step.value, { httpOnly: true })
    case 'clearCookie':
      return res.clearCookie(step.name)
    default:
      return res[step.do](step.text)
  }
}

async function finish(res: Response, final: ExpressFinal, next: () => void): Promise<void> {
  switch (final.by) {
    case 'send':
      return void res.send(final.text)
    case 'send bytes':
      return void res.send(bytesOf(final.pieces))
    case 'stream':
      return pipeline(Readable.from(flow(final.pieces, false)), res)
    case 'json':
    case 'jsonp':
      return void res[final.by](final.value)
    case 'redirect':
      return res.redirect(final.status, final.url)
    case 'sendStatus':
      return void res.sendStatus(final.status)
    case 'end':
      return void res.end()
    case 'pass':
      return next()
    case 'throw': {
      const { status, message, exposes, headers } = final.error
      const error = Object.assign(
        new Error(message),
        { expose: exposes, headers },
        status && { status },
      )
      throw error
    }
  }
}

function seenByExpress(req: Request): unknown {
  return [
    req.originalUrl,
    req.path,
    Object.entries(req.query),
    req.host ?? null,
    req.hostname ?? null,
    [req.ip, req.ips, req.protocol, req.secure, req.xhr],
    [req.fresh, req.is(['json', 'text/*']), req.accepts(), req.acceptsEncodings()],
    req.get('x-a') ?? null,
  ]
}
