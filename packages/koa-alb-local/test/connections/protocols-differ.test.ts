import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Asked, BothProtocols, type Outcome } from '../shared/both-protocols.ts'

let both: BothProtocols
beforeAll(async () => {
  both = await BothProtocols.open('single')
})
afterAll(() => both.close())
beforeEach(() => {
  both.document = { statusCode: 200, body: 'ok' }
})

const get: Asked = { method: 'GET', target: '/', lines: [] }
const headersOf = ({ event }: Outcome): unknown => Object.fromEntries((event as Got).headers)
interface Got {
  readonly headers: [string, string][]
}

describe('HTTP/2 differs from HTTP/1 where HTTP does:', () => {
  it('http2-settings is no field of HTTP/2', async () => {
    both.document = { statusCode: 200, headers: { 'http2-settings': 'AAMAAABk' }, body: 'ok' }
    expect((await both.overHttp1(get)).fields).toHaveProperty('http2-settings', 'AAMAAABk')
    const two = await both.overHttp2(get)
    expect([two.status, two.body]).toEqual([200, 'ok'])
    expect(two.fields).not.toHaveProperty('http2-settings')
  })

  it('205 has no body, and says so', async () => {
    both.document = { statusCode: 205, body: 'hello' }
    const one = await both.overHttp1(get)
    expect([one.status, one.fields['content-length'], one.body]).toEqual([205, '5', 'hello'])
    const two = await both.overHttp2(get)
    expect([two.status, two.fields['content-length'], two.body]).toEqual([205, '0', ''])
  })

  it('several cookie fields are one cookie', async () => {
    const asked: Asked = {
      ...get,
      lines: [
        ['cookie', 'a=1'],
        ['cookie', 'b=2'],
      ],
    }
    expect(headersOf(await both.overHttp1(asked))).toMatchObject({ cookie: 'b=2' })
    expect(headersOf(await both.overHttp2(asked))).toMatchObject({ cookie: 'a=1; b=2' })
  })

  it.each(['a\x01b', 'a\x7fb'])('a field with a control character is none: %j', async (value) => {
    const asked: Asked = { ...get, lines: [['x-a', value]] }
    expect(headersOf(await both.overHttp1(asked))).toMatchObject({ 'x-a': value })
    const two = await both.overHttp2(asked)
    expect(two.status).toBe(200)
    expect(headersOf(two)).not.toHaveProperty('x-a')
  })

  it.each<[what: string, asked: Asked]>([
    ['a space in the target', { ...get, target: '/a b' }],
    ['a control character in the target', { ...get, target: '/a\x01b' }],
  ])('%s is malformed, and the stream is reset', async (_what, asked) => {
    expect((await both.overHttp1(asked)).status).toBe(200)
    expect(await both.overHttp2(asked)).toMatchObject({ status: 0, event: undefined })
  })
})

describe('what the protocols have in ways of their own comes to the same:', () => {
  it('an authority beside a host counts, like that of an absolute target', async () => {
    const lines = [['host', 'b.example']] as const
    const one = await both.overHttp1({ ...get, target: 'https://a.example/' })
    expect(headersOf(one)).toMatchObject({ host: 'a.example' })
    expect(await both.overHttp2({ ...get, lines })).toEqual(one)
  })

  it('a body without a length, with trailers', async () => {
    const asked: Asked = { ...get, method: 'POST' }
    const one = await both.overHttp1({
      ...asked,
      lines: [['transfer-encoding', 'chunked']],
      body: '2\r\nab\r\n0\r\nx-trailer: 1\r\n\r\n',
    })
    expect(one.event).toMatchObject({ body: 'YWI=' })
    expect(headersOf(one)).not.toHaveProperty('x-trailer')
    expect(await both.overHttp2({ ...asked, body: 'ab', trailers: { 'x-trailer': '1' } })).toEqual(
      one,
    )
  })

  it('a body that is announced too large is refused before it comes', async () => {
    const lines = [['content-length', '1048577']] as const
    const one = await both.overHttp1({ ...get, method: 'POST', lines })
    expect(one.status).toBe(413)
    expect(
      await both.overHttp2({ ...get, method: 'POST', lines, body: 'x'.repeat(1_048_577) }),
    ).toEqual(one)
  })

  it('what is expected is not passed on', async () => {
    const lines = [
      ['expect', 'the impossible'],
      ['content-length', '1'],
    ] as const
    const one = await both.overHttp1({ ...get, method: 'POST', lines, body: 'x' })
    expect(headersOf(one)).not.toHaveProperty('expect')
    expect(await both.overHttp2({ ...get, method: 'POST', lines, body: 'x' })).toEqual(one)
  })
})
