import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { type AlbHandlerOptions, albHandler } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const LIMIT = 1_048_576
const accepting = (acceptEncoding: string) =>
  singleEvent({ path: '/report', headers: { 'accept-encoding': acceptEncoding } })
const sending =
  (type: string, ...parts: (string | Buffer)[]): RequestListener =>
  (_req, res) => {
    res.setHeader('content-type', type)
    for (const part of parts.slice(0, -1)) res.write(part)
    res.end(parts.at(-1))
  }
const bytesOf = (result: object) => Buffer.byteLength(JSON.stringify(result))

describe('a response that fits', () => {
  it('is the same to the last byte of the limit', async () => {
    const empty = bytesOf(await albHandler(sending('text/plain', '     '))(singleEvent(), context))
    const digits = '1048000'.length - '5'.length
    const text = 'a'.repeat(LIMIT - empty - digits + 5)
    const result = await albHandler(sending('text/plain', text))(accepting('gzip'), context)
    expect(bytesOf(result)).toBe(LIMIT)
    expect(result).toMatchObject({ body: text, isBase64Encoded: false })
    expect(result.headers).not.toHaveProperty('Content-Encoding')
  })

  it('goes as base64 when escapes would make its text longer', async () => {
    const text = '\0'.repeat(500_000)
    const result = await albHandler(sending('text/plain', text))(accepting('gzip'), context)
    expect(result).toMatchObject({ isBase64Encoded: true })
    expect(Buffer.from(result.body, 'base64').toString()).toBe(text)
    expect(result.headers).not.toHaveProperty('Content-Encoding')
  })
})

describe('a response in very many chunks', () => {
  it('is the same to the byte', async () => {
    const handler = albHandler((_req, res) => {
      for (let index = 0; index < 10_000; index++) res.write(index % 2 ? 'é' : Buffer.from('e'))
      res.end('!')
    })
    expect(await handler(singleEvent(), context)).toMatchObject({
      body: `${'eé'.repeat(5_000)}!`,
      isBase64Encoded: false,
    })
  })
})

describe('a response that does not fit', () => {
  const text = 'lorem ipsum '.repeat(200_000)

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('goes compressed with %s', async (coding, decompress) => {
    const handler = albHandler(sending('text/plain', text))
    const result = await handler(accepting(coding), context)
    expect(result.headers).toMatchObject({ 'Content-Encoding': coding, Vary: 'Accept-Encoding' })
    expect(result.headers).not.toHaveProperty('Content-Length')
    expect(decompress(Buffer.from(result.body, 'base64')).toString()).toBe(text)
  })

  it('goes compressed when only its document is too large', async () => {
    const quotes = '"'.repeat(900_000)
    const result = await albHandler(sending('text/plain', quotes))(accepting('br'), context)
    expect(brotliDecompressSync(Buffer.from(result.body, 'base64')).toString()).toBe(quotes)
  })

  it('goes compressed as it passes', async () => {
    const hash = createHash('sha256')
    const handler = albHandler((_req, res) => {
      const line = (index: number) => `${index % 1000},${'x'.repeat(65_000)}\n`
      const source = Readable.from(
        (function* () {
          for (let index = 0; index < 500; index++) {
            hash.update(line(index))
            yield line(index)
          }
        })(),
      )
      res.setHeader('content-type', 'text/csv')
      pipeline(source, res, () => {})
    })
    const result = await handler(accepting('gzip'), context)
    const body = gunzipSync(Buffer.from(result.body, 'base64'))
    expect(body).toHaveLength(32_502_390)
    expect(createHash('sha256').update(body).digest('hex')).toBe(hash.digest('hex'))
  })

  it.each<[string, RequestListener, string]>([
    ['an image', sending('image/png', randomBytes(900_000)), 'gzip'],
    ['text nobody accepts compressed', sending('text/plain', text), 'identity'],
    ['text that compresses too little', sending('text/plain', randomBytes(2_000_000)), 'br'],
    ['in many parts', sending('image/png', ...Array<Buffer>(20).fill(randomBytes(65_536))), 'br'],
  ])('%s is a typed error', async (_, listener, accepted) => {
    await expect(albHandler(listener)(accepting(accepted), context)).rejects.toMatchObject({
      code: 'ALB_ERR_RESPONSE_TOO_LARGE',
      message: expect.stringMatching(
        /^GET \/report: a body of \d+ bytes( or more)? makes a document of \d+ bytes( or more)?; 1048576 are allowed$/,
      ),
    })
  })

  it('is judged by responseLimitBytes', async () => {
    const handler = albHandler(sending('image/png', randomBytes(10_000)), {
      responseLimitBytes: 10_000,
    })
    await expect(handler(multiEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_RESPONSE_TOO_LARGE',
    })
  })
})

describe('an endless stream', () => {
  const chunk = randomBytes(65_536)

  it.each([
    ['image/png', 'identity'],
    ['text/plain', 'gzip'],
  ])('of %s is destroyed when it cannot fit (%s)', async (type, accepted) => {
    let read = 0
    const source = new Readable({
      read() {
        read += chunk.length
        this.push(chunk)
      },
    })
    const app = new Koa()
    app.silent = true
    app.use((ctx) => {
      ctx.type = type
      ctx.body = source
    })
    const closed = once(source, 'close')
    await expect(albHandler(app)(accepting(accepted), context)).rejects.toMatchObject({
      code: 'ALB_ERR_RESPONSE_TOO_LARGE',
    })
    await closed
    expect(source.destroyed).toBe(true)
    expect(read).toBeLessThan(2 * LIMIT)
  })
})

describe('response headers over 32 KB', () => {
  it('are a typed error', async () => {
    const handler = albHandler((_req, res) => res.setHeader('x-large', 'a'.repeat(32_760)).end())
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_HEADERS_TOO_LARGE',
    })
  })

  it('are that also by the reason phrase', async () => {
    const handler = albHandler((_req, res) => res.writeHead(200, 'a'.repeat(1_100_000)).end())
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_HEADERS_TOO_LARGE',
    })
  })

  it('are that also with a large body', async () => {
    const handler = albHandler((_req, res) => {
      res.setHeader('x-large', 'a'.repeat(32_760)).end(Buffer.alloc(700_000))
    })
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_HEADERS_TOO_LARGE',
    })
  })
})

describe('an option out of range is refused', () => {
  it.each<[string, AlbHandlerOptions, ErrorConstructor]>([
    ['responseLimitBytes', { responseLimitBytes: 0 }, RangeError],
    ['responseLimitBytes', { responseLimitBytes: 1e9 }, RangeError],
    ['responseLimitBytes', { responseLimitBytes: '1' as never }, TypeError],
    ['deadlineMarginMs', { deadlineMarginMs: -1 }, RangeError],
    ['deadlineMarginMs', { deadlineMarginMs: Number.NaN }, RangeError],
    ['deadlineMarginMs', { deadlineMarginMs: '250' as never }, TypeError],
    ['onError', { onError: {} as never }, TypeError],
  ])('%s: %o', (name, options, type) => {
    expect(() => albHandler(() => {}, options)).toThrow(type)
    expect(() => albHandler(() => {}, options)).toThrow(name)
  })
})

it('lets the event loop turn where an app writes on with each drain', async () => {
  let hasTurned = false
  const listener: RequestListener = (_req, res) => {
    setImmediate(() => {
      hasTurned = true
    })
    let rest = 50
    const write = () => void (rest-- > 0 ? res.write('x'.repeat(70_000)) : res.end(`${hasTurned}`))
    res.on('drain', write)
    write()
  }
  const handler = albHandler(listener, { responseLimitBytes: 6_291_456 })
  expect((await handler(singleEvent(), context)).body.slice(-4)).toBe('true')
})
