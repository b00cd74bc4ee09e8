import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { type AlbErrorCode, type AlbHandlerOptions, albHandler } from 'koa-alb'
import { expect, it } from 'vitest'
import { context } from '../contract/events.ts'

const mark = 's3cr3t'
const body = Buffer.from(`{"body":"${mark}"}`).toString('base64')

/** An event with a mark in every place that messages must not show. */
const event = {
  requestContext: {
    elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t' },
  },
  httpMethod: 'POST',
  path: `/report?path=${mark}`,
  queryStringParameters: { [`key-${mark}`]: 'a', token: mark },
  headers: {
    host: `${mark}.test`,
    authorization: `Bearer ${mark}`,
    cookie: `session=${mark}`,
    'content-type': `text/plain; charset=${mark}`,
    'content-length': '19',
    'x-forwarded-for': mark,
    'x-amzn-trace-id': mark,
  },
  body,
  isBase64Encoded: true,
}

/** Marks in whatever of the response comes before the failure. */
const marked: RequestListener = (_req, res) => {
  res.statusMessage = mark
  res.setHeader('content-disposition', `attachment; filename="${mark}"`)
  res.setHeader('set-cookie', [`a=${mark}`, `b=1; path=/${mark}`])
  res.setHeader('x-mark', mark)
  res.setHeader('etag', `"${mark}"`)
}
const app =
  (fail: RequestListener): RequestListener =>
  (req, res) => {
    marked(req, res)
    fail(req, res)
  }
const lost = app((_req, res) => void res.destroy())
const answering = (document: object): AlbHandlerOptions => ({ onError: () => document as never })

type Failure = readonly [
  code: AlbErrorCode,
  what: string,
  failure: { app?: RequestListener; event?: object; options?: AlbHandlerOptions },
]

const failures: readonly Failure[] = [
  ['ALB_ERR_CONNECTION_LOST', 'before the head', { app: lost }],
  [
    'ALB_ERR_CONNECTION_LOST',
    'after it',
    { app: app((_req, res) => void res.write(mark, () => res.destroy())) },
  ],
  [
    'ALB_ERR_DEADLINE_EXCEEDED',
    'with a head',
    { app: app((_req, res) => void res.write(mark)), options: { deadlineMarginMs: 29_990 } },
  ],
  [
    'ALB_ERR_HEADERS_TOO_LARGE',
    'one field',
    { app: app((_req, res) => void res.setHeader('y', mark.repeat(6_000)).end(mark)) },
  ],
  [
    'ALB_ERR_INVALID_EVENT',
    'a header',
    { event: { headers: { ...event.headers, 'x-count': [mark] } } },
  ],
  [
    'ALB_ERR_INVALID_EVENT',
    'the query',
    { event: { queryStringParameters: { [mark]: { a: mark } } } },
  ],
  ['ALB_ERR_INVALID_EVENT', 'the body', { event: { body: `${mark}!` } }],
  ['ALB_ERR_INVALID_EVENT', 'the flag', { event: { isBase64Encoded: mark } }],
  ['ALB_ERR_INVALID_EVENT', 'the method', { event: { httpMethod: { a: mark } } }],
  ['ALB_ERR_INVALID_EVENT', 'the path', { event: { path: [mark] } }],
  [
    'ALB_ERR_INVALID_HEADER',
    'a value',
    { app: app((_req, res) => void res.setHeader('y', `${mark}é`).end(mark)) },
  ],
  [
    'ALB_ERR_INVALID_HEADER',
    'the phrase',
    { app: app((_req, res) => void res.writeHead(200, `${mark}é`).end(mark)) },
  ],
  [
    'ALB_ERR_INVALID_HEADER',
    'a cookie',
    { app: app((_req, res) => void res.setHeader('set-cookie', `a=${mark}é`).end(mark)) },
  ],
  ['ALB_ERR_INVALID_RESULT', 'its status', { app: lost, options: answering({ statusCode: mark }) }],
  [
    'ALB_ERR_INVALID_RESULT',
    'its body',
    { app: lost, options: answering({ statusCode: 500, body: { mark } }) },
  ],
  [
    'ALB_ERR_INVALID_RESULT',
    'its base64',
    { app: lost, options: answering({ statusCode: 500, body: `${mark}!`, isBase64Encoded: true }) },
  ],
  [
    'ALB_ERR_INVALID_RESULT',
    'its header',
    { app: lost, options: answering({ statusCode: 500, headers: { x: `${mark}\r\n` } }) },
  ],
  [
    'ALB_ERR_INVALID_RESULT',
    'its description',
    { app: lost, options: answering({ statusCode: 500, statusDescription: mark }) },
  ],
  [
    'ALB_ERR_INVALID_RESULT',
    'its size',
    { app: lost, options: answering({ statusCode: 500, body: mark.repeat(200_000) }) },
  ],
  [
    'ALB_ERR_INVALID_STATUS',
    '999',
    { app: app((_req, res) => void res.writeHead(999, mark).end(mark)) },
  ],
  ['ALB_ERR_NOT_AN_ALB_EVENT', 'an object', { event: { requestContext: mark } }],
  ['ALB_ERR_RAW_SOCKET_WRITE', 'a text', { app: app((req) => void req.socket.write(mark)) }],
  [
    'ALB_ERR_RESPONSE_INCOMPLETE',
    'too short',
    { app: app((_req, res) => void res.setHeader('content-length', '5353').end(mark)) },
  ],
  [
    'ALB_ERR_RESPONSE_INCOMPLETE',
    'no number',
    { app: app((_req, res) => void res.setHeader('content-length', mark).end('x')) },
  ],
  [
    'ALB_ERR_RESPONSE_TOO_LARGE',
    'bytes',
    {
      app: app(
        (_req, res) =>
          void res.setHeader('content-type', 'image/png').end(Buffer.alloc(900_000, mark)),
      ),
    },
  ],
  [
    'ALB_ERR_RESPONSE_TOO_LARGE',
    'text',
    { app: app((_req, res) => void res.end(mark.repeat(200_000))) },
  ],
  [
    'ALB_ERR_TOO_MANY_COOKIES',
    '600',
    {
      app: app(
        (_req, res) =>
          void res
            .setHeader(
              'set-cookie',
              Array.from({ length: 600 }, (_, index) => `${mark}${index}=1`),
            )
            .end(),
      ),
    },
  ],
]

it.each(failures)(
  '%s (%s) shows nothing of the exchange but its path',
  async (code, _, failure) => {
    const handler = albHandler(failure.app ?? (() => {}), failure.options)
    const error = await handler({ ...event, ...failure.event } as never, context).catch((e) => e)
    expect(error.code).toBe(code)
    for (const text of [error.message, error.stack, inspect(error), JSON.stringify(error)]) {
      expect(text).not.toContain(mark)
      expect(text).not.toContain('5353')
      expect(text).not.toContain(body)
    }
  },
)

it('has every code but the two whose cause is the app', () => {
  const codes = new Set(failures.map(([code]) => code))
  expect(codes.size).toBe(12)
  expect(codes).not.toContain('ALB_ERR_LISTENER_FAILED')
  expect(codes).not.toContain('ALB_ERR_APP_UNAVAILABLE')
})

it('ALB_ERR_LISTENER_FAILED shows the error of the app as its cause, and no more', async () => {
  const fail = app(() => {
    throw new Error('no database')
  })
  const error = await albHandler(fail)(event as never, context).catch((e) => e)
  expect(inspect(error)).toContain('no database')
  expect(inspect(error)).not.toContain(mark)
})
