import { expect, it } from 'vitest'
import { DifferenceLines } from '../../../src/cli/terminal/difference-lines.ts'
import { plain } from '../../../src/cli/terminal/request-line.ts'
import type { Difference } from '../../../src/differences/difference.ts'
import type { LogEntry } from '../../../src/index.ts'

const entry: LogEntry = {
  type: 'http',
  requestedAt: new Date(0),
  answeredAt: new Date(0),
  client: '127.0.0.1:50000',
  listenerPort: 80,
  localAddress: '127.0.0.1',
  loadBalancer: 'app/test/1',
  connectionTraceId: 'TID_1',
  method: 'GET',
  target: '/parts/1',
  httpVersion: '1.1',
  actions: ['forward'],
  status: 200,
  receivedBytes: 0,
  sentBytes: 0,
}

const lost = (name: string): Difference => ({
  key: 'repeated-query-keys',
  sentence: `${name} lost`,
  names: [name],
})

it.each([
  ['not again for another id in the path', { target: '/parts/2?q=1' }, 0],
  ['again for another path', { target: '/orders' }, 1],
  ['again for another method', { method: 'POST' }, 1],
  ['again for a rule', { rulePriority: 10, targetGroupArn: 'arn:x' }, 1],
])('tells the same %s', (_name, other, count) => {
  const lines = new DifferenceLines()
  expect(lines.linesFor(entry, [lost('a')], plain)).toEqual([
    '    a lost (docs/alb-behaviour.md#repeated-query-keys)',
  ])
  expect(lines.linesFor({ ...entry, ...other }, [lost('a')], plain)).toHaveLength(count)
})

it('tells one kind twenty times at most, and says that it is the last time', () => {
  const lines = new DifferenceLines()
  const told = Array.from({ length: 30 }, (_, index) =>
    lines.linesFor(entry, [lost(`key${index}`)], plain),
  ).flat()
  expect(told).toHaveLength(20)
  expect(told.at(-1)).toBe(
    '    key19 lost; no more of these are told (docs/alb-behaviour.md#repeated-query-keys)',
  )
})

it('lets no control character of a request through', () => {
  expect(new DifferenceLines().linesFor(entry, [lost('\x1b[31m')], plain)[0]).toContain('\\x1b[31m')
})
