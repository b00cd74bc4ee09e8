import { describe, expect, it } from 'vitest'
import { type HeaderMode, inMode } from '../../src/invocation/header-mode.ts'
import { type ComparedPart, comparedEvent } from '../../src/replay/comparison.ts'
import type { Replayed } from '../../src/replay/replayed.ts'
import type { AlbEvent, HeaderLine } from '../../src/types.ts'

interface Answer {
  readonly status?: number
  readonly phrase?: string
  readonly lines?: readonly HeaderLine[]
  readonly body?: string | Buffer
  readonly refusal?: string
  readonly payload?: string | undefined
}

function replayed({
  status = 200,
  phrase = 'OK',
  lines = [],
  body = '',
  ...rest
}: Answer): Replayed {
  const response = { status, phrase, lines, body: Buffer.from(body) }
  return { response, refusal: rest.refusal, payload: 'payload' in rest ? rest.payload : '{}' }
}

function event(query: Record<string, string[]>, proto: string): AlbEvent {
  return {
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'GET',
    path: '/',
    multiValueQueryStringParameters: query,
    multiValueHeaders: {
      accept: ['text/html', 'image/png'],
      'x-forwarded-for': ['198.51.100.1, 203.0.113.7'],
      'x-forwarded-proto': [proto],
    },
    body: '',
    isBase64Encoded: false,
  }
}

interface Asked {
  readonly query?: Record<string, string[]>
  readonly proto?: string
  readonly mode?: HeaderMode
}

function compared(old: Answer, now: Answer, asked: Asked = {}) {
  const { query = {}, proto = 'https', mode = 'multi' } = asked
  const sent = inMode(event(query, proto), mode)
  const named = { name: 'a', title: 'GET /', mode, event: sent } as const
  const answers = { event: sent, old: replayed(old), now: replayed(now) }
  return comparedEvent(named, answers, new Set())
}

const pagesOf = ({ documented }: ComparedPart): string[] =>
  documented.map(({ page }) => page.replace(/^docs\//, ''))

/** The pages for the one part in which the two differ. */
function pages(old: Answer, now: Answer, asked?: Asked): string[] {
  const { differences } = compared(old, now, asked)
  expect(differences).toHaveLength(1)
  return differences.flatMap(pagesOf)
}

const cookies = (...values: string[]): Answer => ({
  lines: values.map((value): HeaderLine => ['Set-Cookie', value]),
})
const field = (name: string, ...values: string[]): Answer => ({
  lines: values.map((value): HeaderLine => [name, value]),
})

const etagged = (weakness: string, body = ''): Answer => ({
  ...field('etag', `${weakness}"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"`),
  body,
})

describe('documented is', () => {
  it.each([
    ['the first cookie alone', cookies('a=1; Path=/')],
    ['the last cookie alone', cookies('b=2; Expires=Thu, 26 Nov 2026 00:00:00 GMT')],
    ['no cookie', cookies()],
    ['one line of all', cookies('a=1; Path=/, b=2; Expires=Thu, 26 Nov 2026 00:00:00 GMT')],
  ])('%s of two', (_title, old) => {
    const now = cookies('a=1; path=/', 'b=2; expires=Thu, 26 Nov 2026 00:00:00 GMT')
    expect(pages(old, now)).toEqual(['alb-behaviour.md#cookie-spellings'])
  })

  it('of cookies of one name and path the last one', () => {
    const old = cookies('a=1; path=/', 'b=1', 'a=2; path=/')
    expect(pages(old, cookies('b=1', 'a=2; path=/'))).toEqual([
      'alb-behaviour.md#one-cookie-of-a-name',
    ])
  })

  it('a secure cookie over HTTP, and why there is only one', () => {
    const old = cookies('a=1; secure; httponly')
    expect(pages(old, cookies('a=1; httponly', 'b=2'), { proto: 'http' })).toEqual([
      'alb-behaviour.md#encrypted-behind-https',
      'alb-behaviour.md#cookie-spellings',
    ])
  })

  it('a redirect to HTTPS of a request over HTTP', () => {
    const [old, now] = [field('location', 'https://a/b'), field('location', 'http://a/b')]
    expect(pages(old, now, { proto: 'http' })).toEqual(['alb-behaviour.md#encrypted-behind-https'])
  })

  it.each([
    ['one of two lines', field('link', '<a>')],
    ['lines joined without a blank', field('link', '<a>,<b>')],
    ['lines that come twice', field('link', '<a>', '<b>', '<a>, <b>')],
  ])('%s', (_title, old) => {
    const page = ['alb-behaviour.md#joined-response-headers']
    expect(pages(old, field('link', '<a>', '<b>'))).toEqual(page)
    expect(pages(old, field('link', '<a>, <b>'), { mode: 'single' })).toEqual(page)
  })

  it('a field that the document has for the other mode', () => {
    const payload = '{"statusCode":200,"headers":{"ETag":"1","content-type":"text/css"}}'
    const old = { ...field('content-type', 'application/octet-stream'), payload }
    const now = { lines: [['etag', '1'] as const, ['content-type', 'text/css'] as const] }
    expect(compared(old, now).differences.map(pagesOf)).toEqual([
      ['alb-behaviour.md#header-fields-of-the-other-mode'],
      ['alb-behaviour.md#header-fields-of-the-other-mode'],
    ])
  })

  it('a blank in a media type', () => {
    const old = field('content-type', 'text/css;charset=utf-8')
    expect(pages(old, field('content-type', 'text/css; charset=utf-8'))).toEqual([
      'adapters.md#what-is-no-difference',
    ])
  })

  it('the phrase of the app', () => {
    expect(pages({}, { phrase: 'Fine' })).toEqual(['alb-behaviour.md#unread-status-descriptions'])
  })

  it('what a load balancer refuses, and nothing else is told of it', () => {
    const old = { status: 502, phrase: 'Bad Gateway', body: 'page', refusal: 'statusCode is "200"' }
    expect(pages(old, { body: 'a' })).toEqual(['alb-behaviour.md#the-response-document'])
    expect(compared(old, { body: 'a' }).oldIsRefused).toBe('statusCode is "200"')
  })

  it('bytes that are read as UTF-8', () => {
    expect(pages({ body: 'K\ufffdse' }, { body: Buffer.from('Käse', 'latin1') })).toEqual([
      'adapters.md#alb205',
    ])
  })

  it.each([
    ['encoded once more', '{"url":"/?q=a%252Bb%2Bc","q":"a%2Bb+c"}'],
    ['decoded and encoded', '{"url":"/?q=a%2Bb%20c","q":"a+b c"}'],
    ['decoded but for the plus', '{"url":"/?q=a%2Bb%2Bc","q":"a+b+c"}'],
  ])('a query %s', (_title, body) => {
    const now = { body: '{"url":"/?q=a%2Bb+c","q":"a+b c"}' }
    const asked = { query: { q: ['a%2Bb+c'] } }
    expect(pages({ body }, now, asked)).toEqual(['alb-behaviour.md#undecoded-query'])
  })

  it('a failure for a percent sign that is no escape', () => {
    const old = { status: 500, phrase: 'Internal Server Error' }
    expect(pages(old, {}, { query: { q: ['100%'] } })).toEqual(['adapters.md#alb216'])
  })

  it('an answer that shows how request lines are joined, and whose address it is', () => {
    const old = { body: '"text/html; image/png" ""' }
    const now = { body: '"text/html, image/png" "203.0.113.7"' }
    expect(pages(old, now)).toEqual(['adapters.md#alb221', 'alb-behaviour.md#client-address'])
  })

  it('an etag of another body', () => {
    const old = { ...field('etag', 'W/"2-3Sns9SSwMKZSYeMFnEirnh7LJYU"'), body: '""' }
    const now = { ...field('etag', 'W/"d-meyeqxgumsP57RKjIOLvFkA5OeU"'), body: '"203.0.113.7"' }
    expect(compared(old, now).differences.map(pagesOf)).toEqual([
      ['adapters.md#what-is-no-difference'],
      ['alb-behaviour.md#client-address'],
    ])
  })
})

describe('unexpected is', () => {
  it.each<[string, Answer, Answer, Asked?]>([
    ['a cookie that gets lost', cookies('a=1', 'b=2'), cookies('a=1')],
    ['a cookie of another value', cookies('a=1'), cookies('a=2', 'b=2')],
    ['a new cookie', cookies(), cookies('a=1')],
    ['a cookie that is not secure any more', cookies('a=1; secure'), cookies('a=1')],
    ['a redirect to HTTP', field('location', 'https://a/'), field('location', 'http://a/')],
    ['a field that gets lost', field('etag', '1'), field('etag')],
    ['an etag of the same body', etagged('W/'), etagged('')],
    ['an etag of a file of that length', etagged(''), field('etag', '"0-19a0c8"')],
    ['a part of one line', field('vary', 'origin'), field('vary', 'origin, accept')],
    ['a cookie of another path', cookies('a=1; Path=/A'), cookies('a=1; Path=/a', 'b=2')],
    ['bytes of the same length', { body: Buffer.from([1, 255]) }, { body: Buffer.from([1, 254]) }],
    ['text for bytes of that length', { body: 'x'.repeat(99) }, { body: Buffer.alloc(99, 255) }],
    ['a line that gets lost', field('link', '<a>', '<b>'), field('link', '<a>')],
    ['another status', { status: 404, phrase: 'Not Found' }, {}],
    ['a phrase that gets lost', { phrase: 'Fine' }, {}],
    ['another body', { body: 'a' }, { body: 'b' }],
    ['bytes that are lost', { body: Buffer.from([0xe4]) }, { body: '\ufffd' }],
    ['a query that is spoilt', { body: 'a%2B' }, { body: 'a%252B' }, { query: { q: ['a%2B'] } }],
    [
      'another failure beside a percent sign',
      { status: 502, phrase: 'Bad Gateway', refusal: 'Error: x', payload: undefined },
      {},
      { query: { q: ['100%'] } },
    ],
    ['another phrase with another status', { status: 201, phrase: 'Created' }, { phrase: 'Fine' }],
    [
      'a failure of the old function',
      { status: 502, phrase: 'Bad Gateway', refusal: 'failed', payload: undefined },
      { status: 503, phrase: 'Service Unavailable' },
    ],
    [
      'an answer that is refused',
      {},
      { status: 502, phrase: 'Bad Gateway', refusal: 'statusCode is "200"' },
    ],
  ])('%s', (_title, old, now, asked) => {
    expect(pages(old, now, asked)).toEqual([])
  })
})

it('tells of bytes of one length where they begin to differ', () => {
  const [old, now] = [1, 2].map((byte) => ({ body: Buffer.from([255, byte, 3]) }))
  expect(compared(old ?? {}, now ?? {}).differences).toEqual([
    { part: 'body', before: '3 bytes', after: '3 others, from byte 1 on', documented: [] },
  ])
})

it('tells of long texts where they begin to differ, and nothing of a length that follows', () => {
  const body = (text: string): string => `${'x'.repeat(50)}${text}${'y'.repeat(50)}`
  const old = { ...field('content-length', '101'), body: body('1') }
  const now = { ...field('content-length', '102'), body: body('22') }
  expect(compared(old, now).differences).toEqual([
    {
      part: 'body',
      before: `…"${'x'.repeat(20)}1${'y'.repeat(39)}"…`,
      after: `…"${'x'.repeat(20)}22${'y'.repeat(38)}"…`,
      documented: [],
    },
  ])
})
