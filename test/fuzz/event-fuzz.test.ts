import { createHash } from 'node:crypto'
import { env } from 'node:process'
import Koa from 'koa'
import { albHandler } from 'koa-alb'
import { expect, test } from 'vitest'
import { context } from '../contract/events.ts'
import { type Expected, expectedOf, isMultiValue } from './expected.ts'
import { type Attempt, fuzz, type Outcome } from './fuzz.ts'
import { SECRET } from './nasty.ts'
import { Random } from './random.ts'
import { randomEvent } from './random-event.ts'

// FUZZ_SEED and FUZZ_EVENTS set what npm run fuzz:long varies; without them every run is alike.
const seed = Number(env.FUZZ_SEED ?? 20_260_901)
const count = Number(env.FUZZ_EVENTS ?? 20_000)

/** Reads all it can of the request and answers with what tells whether it arrived. */
const echo = albHandler(async (req, res) => {
  const { headers, headersDistinct, rawHeaders, socket } = req
  const hash = createHash('sha256')
  let bodyBytes = 0
  for await (const chunk of req) {
    hash.update(chunk)
    bodyBytes += chunk.length
  }
  const lines = [Object.keys(headers).length, Object.keys(headersDistinct).length]
  res.setHeader('content-type', 'application/json')
  const seen = { method: req.method, bodyBytes, hash: hash.digest('hex'), lines, url: req.url }
  res.end(JSON.stringify({ ...seen, names: rawHeaders.length, peer: socket.remoteAddress }))
})

const koa = new Koa({ proxy: true })
koa.silent = true
koa.keys = ['key']
koa.use((ctx) => {
  const { ip, ips, host, URL, fresh, search, protocol, subdomains } = ctx
  // Koa takes seconds for 10,000 parameters; a load balancer allows a request line of 16 KB.
  const query = search.length < 16_384 ? ctx.query : {}
  ctx.accepts('json', 'html')
  ctx.acceptsEncodings('gzip', 'br')
  ctx.cookies.set('seen', ctx.cookies.get('session') ?? 'none', { signed: true })
  ctx.set('x-q', String(query.q))
  if (ctx.get('x-1')) ctx.redirect(`/next?${ctx.get('x-1')}`)
  ctx.body = { query, ip, ips, host, href: URL?.href, fresh, search, protocol, subdomains }
})
const koaHandler = albHandler(koa)

test(
  `${count} events of seed ${seed} end in a valid document or in the error they deserve`,
  async () => {
    const ends = await fuzz(count, attemptAt)
    console.log(`${count} events, FUZZ_SEED=${seed}:`, ends)
    expect(ends.document).toBeGreaterThan(count / 5)
    expect(ends.ALB_ERR_INVALID_EVENT).toBeGreaterThan(count / 5)
    expect(ends.ALB_ERR_NOT_AN_ALB_EVENT).toBeGreaterThan(count / 100)
  },
  Infinity,
)

function attemptAt(index: number): Attempt {
  const event = randomEvent(new Random(seed + index))
  const expected = expectedOf(event)
  const handler = index % 2 === 0 ? echo : koaHandler
  return {
    input: event,
    multiValueHeaders: isMultiValue(event),
    // The handler is typed for what it is meant to get.
    run: () => handler(event as never, context),
    fault: (outcome) =>
      handler === echo ? faultOfEcho(outcome, expected) : faultOfError(outcome, expected),
  }
}

function faultOfEcho(outcome: Outcome, expected: Expected): string | undefined {
  const fault = faultOfError(outcome, expected)
  if (fault || expected.code || expected.isRefused) return fault
  if (outcome.error) return `refused: ${outcome.error}`
  if (expected.method === 'HEAD') return undefined
  const { method, bodyBytes } = JSON.parse(outcome.result?.body ?? '')
  if (method === expected.method && bodyBytes === expected.bodyBytes) return undefined
  return `the app saw ${method} with ${bodyBytes} bytes`
}

function faultOfError(outcome: Outcome, expected: Expected): string | undefined {
  const { error } = outcome
  if (error?.message.includes(SECRET)) return `shows a value: ${error.message}`
  if (!expected.code)
    return expected.isRefused ? faultOfRefusal(outcome, expected.status) : undefined
  if (error?.code !== expected.code) return `${expected.code} expected, found ${error}`
  if (!('fields' in expected)) return undefined
  const isNamed = expected.fields.some(
    (field) => error.message.startsWith(`${field} `) || error.message.startsWith(`${field}[`),
  )
  return isNamed ? undefined : `${expected.fields.join()} is wrong: ${error.message}`
}

function faultOfRefusal({ result, error }: Outcome, status: 400 | 417): string | undefined {
  const { statusCode, headers, multiValueHeaders, body } = result ?? {}
  const lines = Object.keys(headers ?? multiValueHeaders ?? {})
  // Node's own 400 has no line.
  const isBare = status === 417 || lines.length === 0
  if (statusCode === status && isBare && body === '') return undefined
  return `${status} expected, found ${statusCode ?? error}`
}
