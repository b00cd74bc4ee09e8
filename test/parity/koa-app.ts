import { Readable } from 'node:stream'
import Koa, { type Context } from 'koa'
import { valuesOf } from './fields.ts'
import type { KoaAnswer, KoaBody, KoaStep, ThrownError } from './koa-behaviours.ts'
import { answerWithNode } from './node-app.ts'
import { bytesOf, flow } from './pieces.ts'
import { behaviourFor, type Play, perform } from './play.ts'
import { attempt, codeOf, readBody, type Seen } from './seen.ts'

/** A Koa app that does what the play says. */
export function createKoaApp(play: Play): Koa {
  const app = new Koa({ keys: ['not a secret'] })
  app.silent = true
  app.use((ctx) =>
    perform(play, ctx.res, async (seen) => {
      const { answer, reading } = behaviourFor(play, 'koa')
      seen.framework = seenByKoa(ctx)
      await readBody(seen, ctx.req, reading)
      await answerWithKoa(seen, ctx, answer)
    }),
  )
  return app
}

async function answerWithKoa(seen: Seen, ctx: Context, answer: KoaAnswer): Promise<void> {
  if (answer.by === 'res') {
    ctx.respond = false
    return answerWithNode(seen, ctx.res, answer.answer)
  }
  for (const step of answer.steps) attempt(seen, () => take(ctx, step))
  seen.response.push({
    status: ctx.status,
    message: ctx.message,
    length: ctx.length ?? null,
    type: ctx.type,
  })
  if (answer.by === 'throw') throw toError(answer.error)
  if (answer.flushes) attempt(seen, () => ctx.flushHeaders())
}

function take(ctx: Context, step: KoaStep): void {
  switch (step.do) {
    case 'set':
    case 'append':
      ctx[step.do](step.field.name, valuesOf(step.field))
      break
    case 'remove':
    case 'attachment':
    case 'vary':
    case 'redirect':
    case 'back':
      ctx[step.do](step.text)
      break
    case 'type':
    case 'etag':
    case 'message':
      ctx[step.do] = step.text
      break
    case 'status':
      ctx.status = step.status
      break
    case 'lastModified':
      ctx.lastModified = new Date(step.at)
      break
    case 'cookie':
      ctx.cookies.set(step.name, step.value, { path: step.path, signed: step.path === '/x' })
      break
    case 'body':
      ctx.body = toKoaBody(step.body)
      break
  }
}

function toKoaBody(body: KoaBody): unknown {
  switch (body.kind) {
    case 'null':
      return null
    case 'undefined':
      return undefined
    case 'string':
      return body.text
    case 'json':
      return body.value
    case 'stream':
      return Readable.from(flow(body.pieces, body.fails))
    case 'buffer':
      return bytesOf(body.pieces)
    case 'blob':
      return new Blob([bytesOf(body.pieces)], { type: 'text/x-blob' })
    case 'web stream':
      return Readable.toWeb(Readable.from(flow(body.pieces, false)))
    case 'response':
      return new Response(bytesOf(body.pieces), { status: body.status, headers: [...body.headers] })
  }
}

function toError({ status, message, exposes, headers }: ThrownError): Error {
  return Object.assign(new Error(message), { expose: exposes, headers }, status && { status })
}

function seenByKoa(ctx: Context): unknown {
  const { request } = ctx
  const views: Record<string, () => unknown> = {
    path: () => ctx.path,
    querystring: () => ctx.querystring,
    query: () => Object.entries(ctx.query),
    host: () => [ctx.host, ctx.hostname, ctx.subdomains],
    href: () => [ctx.href, ctx.origin, request.URL.href],
    connection: () => [ctx.ip, ctx.ips, ctx.protocol, ctx.secure],
    body: () => [request.type, request.charset, request.length ?? null, ctx.is('json', 'text/*')],
    negotiated: () => [ctx.accepts(), ctx.acceptsEncodings(), ctx.acceptsLanguages()],
    cookies: () => [ctx.cookies.get('a'), ctx.cookies.get('c', { signed: false })],
    state: () => [ctx.idempotent, request.get('Referrer'), ctx.get('x-a')],
  }
  return Object.entries(views).map(([name, view]) => [name, shown(view)])
}

function shown(view: () => unknown): unknown {
  try {
    return view()
  } catch (error) {
    return codeOf(error)
  }
}
