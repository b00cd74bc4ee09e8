import { createServer, type RequestListener } from 'node:http'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { toHead } from '../src/response.ts'
import { toResult } from '../src/result.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const latin1 = ['Content-Disposition', 'inline; filename="é"'] as const
const multi = { title: 'GET /', multiValueHeaders: true }
const sentFor = (name: string, text: string) => {
  const head = toHead(`HTTP/1.1 200 OK\r\n${name}: ${text}\r\n\r\n`)
  return toResult({ head, body: '' }, multi).multiValueHeaders?.[name]?.[0]
}
/** UTF-8 as Node has it in a head, a character per byte. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1')

describe('a file name beyond ASCII', () => {
  it('of a Koa attachment has filename* and a fallback', async () => {
    const app = new Koa()
    app.use((ctx) => {
      ctx.attachment('résumé.pdf')
      ctx.body = 'x'
    })
    const value = `attachment; filename="r?sum?.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`
    expect(await albHandler(app)(singleEvent(), context)).toMatchObject({
      headers: { 'Content-Disposition': value },
    })
    expect(await albHandler(app)(multiEvent(), context)).toMatchObject({
      multiValueHeaders: { 'Content-Disposition': [value] },
    })
  })

  it.each<[string, RequestListener]>([
    ['setHeader and end', (_req, res) => res.setHeader(...latin1).end('x')],
    ['writeHead and end', (_req, res) => res.writeHead(200, Object.fromEntries([latin1])).end('x')],
    [
      'writeHead over setHeader',
      (_req, res) =>
        res
          .setHeader('a', 'b')
          .writeHead(200, [...latin1])
          .end('x'),
    ],
    ['setHeader and write', (_req, res) => res.setHeader(...latin1).write('x') && res.end()],
  ])('is the same by %s', async (_, app) => {
    expect(await albHandler(app)(singleEvent(), context)).toMatchObject({
      headers: { 'Content-Disposition': `inline; filename="?"; filename*=UTF-8''%C3%A9` },
    })
  })

  it.each([
    ['attachment; filename="é.txt"', `attachment; filename="?.txt"; filename*=UTF-8''%C3%A9.txt`],
    ['attachment;filename=é', `attachment; filename="?"; filename*=UTF-8''%C3%A9`],
    [
      utf8('inline; FileName="漢.txt"; size=3'),
      `inline; filename="?.txt"; filename*=UTF-8''%E6%BC%A2.txt; size=3`,
    ],
    [
      `attachment; filename="?é"; filename*=UTF-8''%E2%82%AC%C3%A9`,
      `attachment; filename="??"; filename*=UTF-8''%E2%82%AC%C3%A9`,
    ],
    [
      String.raw`attachment; filename="a;\"é\\b(1)'*.txt"`,
      String.raw`attachment; filename="a;\"?\\b(1)'*.txt"; filename*=UTF-8''a%3B%22%C3%A9%5Cb%281%29%27%2A.txt`,
    ],
    ['attachment; filename="é', `attachment; filename="?"; filename*=UTF-8''%C3%A9`],
    ['filename="\x85\xff"', `filename="??"; filename*=UTF-8''%C2%85%C3%BF`],
  ])('in %j becomes %j', (given, sent) => {
    expect(sentFor('content-disposition', given)).toBe(sent)
  })

  it('stays as it is where it is ASCII', () => {
    const value = `attachment;  filename=a.txt ;x="y"`
    expect(sentFor('content-disposition', value)).toBe(value)
  })

  it.each(['attachment; name="é"', 'é; filename="a"', 'form-data; name="é"; filename="é"'])(
    'does not help where the rest is beyond ASCII: %j',
    (value) => {
      expect(() => sentFor('content-disposition', value)).toThrow(
        expect.objectContaining({ code: 'ALB_ERR_INVALID_HEADER' }),
      )
    },
  )

  it('lets no line break of an onError document through', async () => {
    const headers = { 'content-disposition': 'attachment; filename="é\r\nx: y"' }
    const handler = albHandler(
      createServer((_req, res) => void res.destroy()),
      {
        onError: () => ({ statusCode: 200, headers }),
      },
    )
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_INVALID_RESULT',
    })
  })
})

describe('a location beyond ASCII', () => {
  it.each([
    [utf8('/café?q=漢'), '/caf%C3%A9?q=%E6%BC%A2'],
    ['/caf\xe9', '/caf%E9'],
    ['/caf%C3%A9', '/caf%C3%A9'],
  ])('%j arrives as browsers would ask for it: %s', (given, sent) => {
    expect(sentFor('location', given)).toBe(sent)
  })
})

it.each([
  ['X-Name', 'aé', 'character 2 of header X-Name is U+00E9'],
  ['X-Name', '\x80', 'character 1 of header X-Name is U+0080'],
  ['Set-Cookie', 'a=ÿ', 'character 3 of header Set-Cookie is U+00FF'],
])('%s: %j is refused by position and code point', (name, value, words) => {
  expect(() => sentFor(name, value)).toThrow(words)
})

it('names which of several values is refused', () => {
  const head = toHead('HTTP/1.1 200 OK\r\nVary: a\r\nVary: b\xe9\r\n\r\n')
  expect(() => toResult({ head, body: '' }, multi)).toThrow(
    'GET /: character 2 of header Vary (value 2) is U+00E9',
  )
})
