import { expect, it } from 'vitest'
import { targetTable } from '../src/render/targets.ts'
import { smallResults } from './small-results.ts'

it('puts each target beside what it came to on each Node version', () => {
  expect(targetTable(smallResults).split('\n').slice(0, 4)).toEqual([
    '|  | target | Node v22.0.0 | Node v24.0.0 |',
    '| --- | --: | --: | --: |',
    '| small JSON GET: fastest other Koa adapter ÷ koa-alb, main-thread CPU | ≥ 1.25× | 2.50×, met | 2.00×, met |',
    '| 10 KB HTML, ASCII: fastest other Koa adapter ÷ koa-alb, main-thread CPU | ≥ 1.25× | not measured | not measured |',
  ])
})

it.each([
  ['geometric mean', '≥ 1.35×', '2.50×, met'],
  ['small JSON GET: koa-alb ÷ plain-object floor', '≤ 1.50×', '1.25×, met'],
  ['small JSON GET: koa-alb ÷ Koa on Node', '≤ 1.10×', '1.25×, **not met**'],
  ['allocation', '≤ 0.70×', '0.25×, met'],
  ['100 overlapping', '≤ 1.10×', '1.20×, **not met**'],
  ['minified bundle', '≤ 24.0 KB', '11.0 KB, met'],
  ['cold overhead', '≤ 1.00×', '0.17×, met'],
])('judges %s', (name, limit, verdict) => {
  expect(rowOf(name).slice(1, 3)).toEqual([limit, verdict])
})

it.each([
  '256 KB image, Buffer: fastest',
  '700 KB stream: copies',
  'the same, with the compile cache',
])('says that %s was not measured', (name) => {
  expect(rowOf(name).slice(2)).toEqual(['not measured', 'not measured'])
})

it('counts as copies what is allocated beyond the floor, which copies a stream once', () => {
  const entry = (contestant: string, allocatedBytes: number): object => ({
    contestant,
    scenario: 'stream',
    mode: 'single',
    figures: { allocatedBytes: [allocatedBytes] },
  })
  const entries = [entry('koa-alb', 3_358_400), entry('plain-objects', 3_000_000)]
  const nodes = [{ version: 'v24.0.0', entries: entries as never }]
  expect(rowOf('700 KB stream: copies', { ...smallResults, nodes })).toEqual([
    '700 KB stream: copies of the bytes besides the base64 text',
    '≤ 1.10',
    '1.50, **not met**',
  ])
})

function rowOf(name: string, results = smallResults): string[] {
  const row = targetTable(results)
    .split('\n')
    .find((line) => line.startsWith(`| ${name}`))
  return row?.slice(2, -2).split(' | ') ?? []
}
