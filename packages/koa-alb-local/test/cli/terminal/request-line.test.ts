import { expect, it } from 'vitest'
import { paintFor, plain, requestLine } from '../../../src/cli/terminal/request-line.ts'
import type { LogEntry } from '../../../src/index.ts'

const entry: LogEntry = {
  type: 'http',
  requestedAt: new Date(1000),
  answeredAt: new Date(1012),
  client: '127.0.0.1:50000',
  listenerPort: 80,
  localAddress: '127.0.0.1',
  loadBalancer: 'app/test/1',
  connectionTraceId: 'TID_1',
  method: 'GET',
  target: '/orders?id=1',
  httpVersion: '1.1',
  actions: ['forward'],
  status: 200,
  targetProcessingMs: 10.2,
  documentBytes: 524_288,
  receivedBytes: 100,
  sentBytes: 200,
}

it('shows status, request, duration, billed duration and share of the limit', () => {
  expect(requestLine(entry, undefined, plain)).toBe(
    '200  GET /orders?id=1  12 ms  billed 11 ms  50.0 % of 1 MB',
  )
})

it('names rule, target group and function, where they differ', () => {
  const routed = { rule: 'Api', targetGroup: 'Orders', function: 'Orders' }
  expect(requestLine(entry, undefined, plain, routed)).toBe(
    '200  GET /orders?id=1  Api → Orders  12 ms  billed 11 ms  50.0 % of 1 MB',
  )
})

it('marks a cold start', () => {
  expect(requestLine(entry, 180.4, plain)).toBe(
    '200  GET /orders?id=1  12 ms  billed 11 ms  50.0 % of 1 MB  cold start 180 ms',
  )
})

it('names the error reason, and below it what was found', () => {
  const failed = {
    ...entry,
    status: 502,
    errorReason: 'LambdaInvalidResponse',
    detail: 'statusCode is missing',
  } as const
  expect(requestLine(failed, undefined, plain)).toBe(
    '502  GET /orders?id=1  12 ms  billed 11 ms  50.0 % of 1 MB  LambdaInvalidResponse\n' +
      '    statusCode is missing',
  )
})

it('lets no control character of a request through to the terminal', () => {
  const line = requestLine({ ...entry, target: '/\x9b31m' }, undefined, plain)
  expect(line).toContain('GET /%9b31m')
})

it('cuts a long target, and shows what comes behind it', () => {
  const line = requestLine({ ...entry, target: `/${'a'.repeat(16_000)}` }, undefined, plain)
  expect(line).toBe(`200  GET /${'a'.repeat(159)}…  12 ms  billed 11 ms  50.0 % of 1 MB`)
})

it.each([
  ['on a terminal', { isTTY: true }, {}, '\u001b[31mx\u001b[39m'],
  ['not elsewhere', {}, {}, 'x'],
  ['not with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, 'x'],
  ['not on a dumb one', { isTTY: true }, { TERM: 'dumb' }, 'x'],
  ['with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, '\u001b[31mx\u001b[39m'],
])('paints %s', (_name, stream, env, expected) => {
  expect(paintFor(stream, env)('red', 'x')).toBe(expected)
})
