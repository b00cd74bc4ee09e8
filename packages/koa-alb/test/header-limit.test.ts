import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

/** Answers with the names in `headers` and the number of lines in `headersDistinct`. */
function counting(maxHeadersCount: unknown): Server {
  const server = createServer({ maxHeaderSize: 1_000_000 }, ({ headers, headersDistinct }, res) => {
    res.end(JSON.stringify([Object.keys(headers), Object.keys(headersDistinct).length]))
  })
  return Object.assign(server, { maxHeadersCount })
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => [index === 0 ? 'host' : `x-${index}`, '1'] as const)

describe.each([undefined, null, 3, 31, 33, 40, 1.5, 0, -1, Number.NaN, '3'])(
  'a server whose maxHeadersCount is %j',
  (maxHeadersCount) => {
    it.each([1, 2, 3, 4, 33, 40, 41, 1_000, 1_001])(
      'takes %i lines as it listens',
      async (count) => {
        const listening = await answerTo(counting(maxHeadersCount), lines(count))
        const headers = Object.fromEntries(lines(count))
        const event = singleEvent({ headers })
        const { statusCode, body } = await albHandler(counting(maxHeadersCount))(event, context)
        expect([statusCode, body]).toEqual(listening)
      },
    )
  },
)

it('a limit is the one that the server has when the request comes', async () => {
  const server = counting(0)
  const handler = albHandler(server)
  server.maxHeadersCount = 1
  const headers = { host: ['a'], 'x-a': ['1'] }
  const { statusCode, body } = await handler(multiEvent({ multiValueHeaders: headers }), context)
  const listening = await answerTo(counting(1), lines(2))
  expect([statusCode, body]).toEqual(listening)
})

it('a limit cuts off no length of a body', async () => {
  const handler = albHandler(counting(1))
  const { statusCode, body } = await handler(singleEvent({ body: 'a' }), context)
  expect(statusCode === 431 || JSON.parse(body)[0][0] === 'content-length').toBe(true)
})

/** Status and body that a client of the server gets for these header lines. */
async function answerTo(
  server: Server,
  headers: readonly (readonly [string, string])[],
): Promise<[number, string]> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a TCP port has an AddressInfo.
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  // What ends the connection is no header line, lest it counts: HTTP/1.0.
  const head = [`GET / HTTP/1.0`, ...headers.map((line) => line.join(': ')), '', '']
  socket.write(head.join('\r\n'))
  let answer = ''
  for await (const chunk of socket) answer += chunk
  const [first = '', ...rest] = answer.split('\r\n\r\n')
  return [Number(first.slice(9, 12)), rest.join()]
}
