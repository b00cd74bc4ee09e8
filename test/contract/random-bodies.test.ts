import { albHandler } from 'koa-alb'
import { expect, it } from 'vitest'
import { context, getEvent } from './events.ts'

const types = [
  'text/plain',
  'text/html; charset=iso-8859-1',
  'application/json',
  'image/svg+xml',
  'application/octet-stream',
  'image/png',
  'font/woff2',
  'TEXT/CSV; header=present',
  'x/y',
]

it('gives out 10,000 random bodies of random types as they went in', async () => {
  const random = mulberry32(20_260_101)
  let type = ''
  let chunks: Buffer[] = []
  const handler = albHandler((_req, res) => {
    if (type) res.setHeader('content-type', type)
    for (const chunk of chunks) res.write(chunk)
    res.end()
  })
  const seen = { text: 0, base64: 0 }
  for (let run = 0; run < 10_000; run++) {
    type = types[Math.floor(random() * (types.length + 1))] ?? ''
    chunks = Array.from({ length: Math.floor(random() * 4) }, () => randomBytes(random))
    const result = await handler(getEvent('/', run % 2 === 0), context)
    seen[result.isBase64Encoded ? 'base64' : 'text']++
    // As the load balancer gets it: a JSON document in UTF-8.
    const document = JSON.parse(Buffer.from(JSON.stringify(result)).toString())
    const received = Buffer.from(document.body, document.isBase64Encoded ? 'base64' : 'utf8')
    const sent = Buffer.concat(chunks)
    expect(received.equals(sent), `run ${run}: ${type} ${sent.toString('hex')}`).toBe(true)
  }
  expect(seen.text).toBeGreaterThan(1_000)
  expect(seen.base64).toBeGreaterThan(1_000)
})

/** Bytes, or text of one to four bytes a character, or text with one byte broken. */
function randomBytes(random: () => number): Buffer {
  const length = Math.floor(random() * 40)
  const kind = random()
  if (kind < 0.3) return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
  const limits = [0x80, 0x800, 0xd800, 0x110000]
  const codes = Array.from({ length }, () =>
    Math.floor(random() * (limits[Math.floor(random() * 4)] ?? 1)),
  )
  const text = Buffer.from(String.fromCodePoint(...codes))
  if (kind < 0.4 && text.length > 0) text[Math.floor(random() * text.length)] = 0xff
  return text
}

/** A small generator with a seed, so that a failing run can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
