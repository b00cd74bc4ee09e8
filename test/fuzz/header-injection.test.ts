import type { Context } from 'koa'
import { describe, expect, it } from 'vitest'
import { koa } from '../apps/koa.ts'
import { get } from '../contract/request.ts'
import { serving } from '../contract/serving.ts'
import { exchange, type WireResponse } from '../contract/wire.ts'
import { ways } from './ways.ts'

/** What a client may send to be decoded and sent back: line ends, and letters that end in them. */
const values = {
  'CR LF': 'a%0d%0aX-Injected:%201%0d%0a%0d%0aHTTP/1.1%20200%20OK',
  LF: 'a%0aX-Injected:%201',
  CR: 'a%0dX-Injected:%201',
  NUL: 'a%00b',
  'letters whose low bytes are CR LF': 'a%C4%8D%C4%8AX-Injected:%201',
}

type Place = (ctx: Context, value: string) => unknown

/** Where an app may put it, and what comes of it: the code of Node's error, or `sent`. */
const places: readonly (readonly [string, Place, string])[] = [
  ['a header value', (ctx, value) => ctx.set('x-value', value), 'ERR_INVALID_CHAR'],
  ['one of several values', (ctx, value) => ctx.set('vary', ['a', value]), 'ERR_INVALID_CHAR'],
  ['an appended value', (ctx, value) => ctx.append('link', value), 'ERR_INVALID_CHAR'],
  ['a header name', (ctx, value) => ctx.set(value, '1'), 'ERR_INVALID_HTTP_TOKEN'],
  ['a trailer', ({ res }, value) => res.addTrailers({ x: value }), 'ERR_INVALID_CHAR'],
  ['a cookie', (ctx, value) => ctx.cookies.set('c', value), 'argument value is invalid'],
  ['a cookie name', (ctx, value) => ctx.cookies.set(value, '1'), 'argument name is invalid'],
  ['a cookie path', (ctx, path) => ctx.cookies.set('c', '1', { path }), 'option path is invalid'],
  ['the head', ({ res }, value) => res.writeHead(200, { x: value }), 'ERR_INVALID_CHAR'],
  ['a list of lines', ({ res }, value) => res.writeHead(200, ['x', value]), 'ERR_INVALID_CHAR'],
  ['the reason phrase', ({ res }, value) => res.writeHead(200, value), 'ERR_INVALID_CHAR'],
  ['a redirect', (ctx, value) => ctx.redirect(`/next?${value}`), 'sent'],
  ['a file name', (ctx, value) => ctx.attachment(value), 'sent'],
  ['a media type', (ctx, value) => ctx.set('content-type', value), 'ERR_INVALID_CHAR'],
]

describe.each(ways)('over %s, no value from a request makes a line of its own', (_, serve) => {
  describe.each(places)('as %s', (_place, put, outcome) => {
    it.each(Object.entries(values))('with %s', async (_name, value) => {
      const app = koa((ctx) => {
        ctx.body = outcomeOf(() => put(ctx, sentIn(ctx)))
      })
      const response = await exchange(await serving(serve(app)), get(`/?v=${value}`))
      expect(injected(response)).toEqual([])
      expect(response).toMatchObject({ interim: [], complete: true })
      expect(response.body.toString()).toBe(outcome)
    })
  })

  it.each(Object.entries(values))(
    'as ctx.message, which fails late, with %s',
    async (_n, value) => {
      const app = koa((ctx) => {
        ctx.body = 'ok'
        ctx.message = sentIn(ctx)
      })
      const response = await exchange(await serving(serve(app)), get(`/?v=${value}`))
      expect(response).toMatchObject({ status: '500 Internal Server Error', complete: true })
      expect(injected(response)).toEqual([])
    },
  )
})

describe.each(ways.slice(1))('over %s, an early hint', (_, serve) => {
  // Node 20 sends it as it is; a load balancer sends no interim responses.
  it.each(Object.entries(values))('vanishes with %s', async (_name, value) => {
    const app = koa((ctx) => {
      outcomeOf(() => ctx.res.writeEarlyHints({ link: '</a>; rel=preload', x: sentIn(ctx) }))
      ctx.body = 'ok'
    })
    const response = await exchange(await serving(serve(app)), get(`/?v=${value}`))
    expect(response).toMatchObject({ status: '200 OK', interim: [], complete: true })
    expect(response.body.toString()).toBe('ok')
    expect(injected(response)).toEqual([])
  })
})

describe.each(ways)('over %s, a redirect', (_, serve) => {
  it('has line ends and letters percent-encoded', async () => {
    const app = koa((ctx) => ctx.redirect(`/next?${sentIn(ctx)}`))
    const port = await serving(serve(app))
    expect((await exchange(port, get(`/?v=${values['CR LF']}`))).headers).toContain(
      'location: /next?a%0D%0AX-Injected:%201%0D%0A%0D%0AHTTP/1.1%20200%20OK',
    )
    expect(
      (await exchange(port, get(`/?v=${values['letters whose low bytes are CR LF']}`))).headers,
    ).toContain('location: /next?a%C4%8D%C4%8AX-Injected:%201')
  })
})

function sentIn({ querystring }: Context): string {
  return decodeURIComponent(querystring.slice('v='.length))
}

function injected({ headers, body }: WireResponse): string[] {
  return [...headers, ...body.toString('latin1').split('\n')].filter((line) =>
    /^\s*(?:x-injected|http\/1)/i.test(line),
  )
}

function outcomeOf(work: () => unknown): string {
  try {
    work()
    return 'sent'
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'code' in error ? String(error.code) : error.message
  }
}
