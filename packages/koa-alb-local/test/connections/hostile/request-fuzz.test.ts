import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Observed, observe, request } from '../../shared/observed.ts'
import { Random } from '../../shared/random.ts'
import { readRequests } from './strict-reader.ts'

const chunked = 'Transfer-Encoding: chunked'
const whole: readonly string[] = [
  request('GET /a'),
  request('GET /b', 'X: y', 'Cookie: a=1'),
  `${request('POST /c', 'Content-Length: 5')}hello`,
  `${request('POST /d', 'Content-Length: 0')}`,
  `${request('PUT /e', chunked)}3\r\nabc\r\n0\r\n\r\n`,
  `${request('POST /f', chunked)}a;x=1\r\n0123456789\r\n1;y\r\nb\r\n0\r\nX: y\r\n\r\n`,
  `${request('POST /g', 'Content-Length: 36')}GET /inner HTTP/1.1\r\nHost: a.inner\r\n\r\n`,
  `${request('POST /h', chunked)}24\r\nGET /inner HTTP/1.1\r\nHost: a.inner\r\n\r\n\r\n0\r\n\r\n`,
  'GET /i HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
]

const scraps: readonly string[] = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\r\n\r\n',
    ' ',
    '\t',
    '\0',
    '\v',
    '\x7f',
    ':',
    ',',
    ';',
    '=',
    '"',
    '+',
    '-',
  ],
  ...['0', '1', 'f', '0x', 'a', 'chunked', 'identity', ' HTTP/1.0', ' HTTP/1.1', 'GET /inner '],
  ...['Content-Length: 3\r\n', 'Content-Length: 38\r\n', 'Content-Length:\r\n', `${chunked}\r\n`],
  ...['Transfer-Encoding: identity\r\n', 'Transfer-Encoding:\r\n', '0\r\n\r\n', '\r\n '],
]

function randomStream(random: Random): string {
  let stream = Array.from({ length: 1 + random.below(3) }, () => random.pick(whole)).join('')
  for (let count = random.below(4); count > 0; count -= 1) {
    const place = random.below(stream.length)
    const removed = random.once(2) ? random.below(4) : 0
    const added = random.once(4) ? '' : random.pick(scraps)
    stream = stream.slice(0, place) + added + stream.slice(place + removed)
  }
  return stream + request('GET /last', 'Connection: close')
}

/** Sends the stream in two packets and returns what came back, once nothing more can come. */
function exchange(port: number, stream: string, cut: number): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', async () => {
      socket.setNoDelay().write(stream.slice(0, cut), 'latin1')
      await setImmediate()
      socket.write(stream.slice(cut), 'latin1')
    })
    socket.setEncoding('latin1').on('data', (text) => {
      received += text
      // The load balancer reads on for a moment behind such a page.
      if (/\r\nConnection: close\r\n\r\n<html>[\s\S]*<\/html>\r\n$/.test(received)) socket.destroy()
    })
    socket.on('error', () => {}).on('close', () => resolve(received))
  })
}

async function check({ port, calls }: Observed, stream: string, cut: number): Promise<boolean> {
  const received = await exchange(port, stream, cut)
  const seen = calls.splice(0)
  const shown = `${JSON.stringify(stream)}\n${received}`
  // Fewer than a strict reader finds are fine: then the load balancer has refused the next one.
  expect(seen, shown).toEqual(readRequests(stream).slice(0, seen.length))
  const statuses = [...received.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => status)
  const pages = statuses.slice(seen.length)
  expect(statuses.slice(0, seen.length), shown).toEqual(seen.map(() => '200'))
  expect(pages.length, shown).toBeLessThan(2)
  if (pages.length > 0) expect(pages[0], shown).toMatch(/^(400|408|413|501|505)$/)
  return seen.at(-1) === 'GET /last'
}

it('shows the function what a strict reader finds, in 3,000 streams of seed 20260', async () => {
  const random = new Random(20_260)
  const streams = Array.from({ length: 3000 }, () => randomStream(random))
  const cuts = streams.map(({ length }) => random.below(length))
  let whole = 0
  await Promise.all(
    Array.from({ length: 30 }, async (_none, offset) => {
      const observed = await observe({
        idleTimeoutMs: 300,
        handler: () => ({
          statusCode: 200,
          headers: { 'content-type': 'text/plain' },
          body: '.\n',
        }),
      })
      for (let index = offset; index < streams.length; index += 30) {
        if (await check(observed, streams[index] ?? '', cuts[index] ?? 0)) whole += 1
      }
    }),
  )
  expect(whole).toBeGreaterThan(500)
})
