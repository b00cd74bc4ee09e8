import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import type { AlbEvent, LogEntry, Target } from '../../../src/index.ts'
import { start } from '../../shared/load-balancer.ts'
import { Random } from '../../shared/random.ts'
import { ExactClient } from './exact-client.ts'
import { type Expected, type Method, randomDocument } from './random-document.ts'

const page = [
  '<html>',
  '<head><title>502 Bad Gateway</title></head>',
  '<body>',
  '<center><h1>502 Bad Gateway</h1></center>',
  '</body>',
  '</html>',
  '',
].join('\r\n')

const pageLines = [
  'Server: awselb/2.0',
  'Date: ',
  'Content-Type: text/html',
  'Content-Length: 122',
  'Connection: keep-alive',
]

interface Case {
  readonly method: Method
  readonly payload: string
  readonly expected: Expected
}

/** The documents of a seed; the number in the request target says which one is asked for. */
function randomCases(seed: number, count: number, multiValueHeaders: boolean): Case[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => {
    const method = random.pick<Method>(['GET', 'GET', 'HEAD', 'POST'])
    return { method, ...randomDocument(random, multiValueHeaders, method) }
  })
}

function targetOf(cases: readonly Case[]): Target {
  return {
    invoke: async (text) => {
      const { path }: AlbEvent = JSON.parse(text)
      return { payload: cases[Number(path.slice(1))]?.payload ?? '' }
    },
  }
}

/** Compares as `toEqual` does, which takes too long to be called for every document. */
function same(actual: unknown, expected: unknown, payload: string): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, payload).toEqual(expected)
}

async function check(client: ExactClient, index: number, drawn: Case): Promise<void> {
  const { method, payload, expected } = drawn
  const received = await client.request(method, `/${index}`)
  const body = method === 'HEAD' ? '' : page
  const failure = { statusLine: 'HTTP/1.1 502 Bad Gateway', lines: pageLines, body }
  same(received, 'faults' in expected ? failure : expected, payload)
}

function checkEntry(entry: LogEntry, { payload, expected }: Case): void {
  const { status, targetStatus, detail = '', errorReason } = entry
  if (!('faults' in expected)) {
    const [, code = ''] = expected.statusLine.split(' ')
    const written = { status: Number(code), targetStatus: Number(code), errorReason: undefined }
    same({ status, targetStatus, errorReason }, written, payload)
    return
  }
  const isNamed = expected.faults.some((fault) => detail.startsWith(fault))
  const isTooLarge = detail.startsWith('the response document takes')
  const reason = isTooLarge ? 'LambdaResponseTooLarge' : 'LambdaInvalidResponse'
  const written = { status: 502, errorReason: reason, isNamed: true }
  same({ status, errorReason, isNamed }, written, `${detail}\n${payload}`)
}

it.each([
  [false, 5000, 20_261],
  [true, 5000, 20_262],
])(
  'answers each document as it says or with 502 and the field on the log: multiValueHeaders %s, %i documents of seed %i',
  async (multiValueHeaders, count, seed) => {
    const cases = randomCases(seed, count, multiValueHeaders)
    const entries: LogEntry[] = []
    const port = await start({
      target: targetOf(cases),
      multiValueHeaders,
      log: (entry) => entries.push(entry),
    })
    const connections = 8
    await Promise.all(
      Array.from({ length: connections }, async (_none, offset) => {
        const client = await ExactClient.open(port)
        for (let index = offset; index < count; index += connections) {
          // The list is as long as the count.
          await check(client, index, cases[index] as Case)
        }
        client.close()
      }),
    )
    await expect.poll(() => entries.length).toBe(count)
    // Only targets of the list were asked for.
    for (const entry of entries) checkEntry(entry, cases[Number(entry.target.slice(1))] as Case)
    const failed = entries.filter(({ errorReason }) => errorReason !== undefined).length
    expect(failed).toBeGreaterThan(count / 4)
    expect(failed).toBeLessThan((count * 3) / 4)
  },
)
