import { expect, it } from 'vitest'
import { toPage } from '../src/page.ts'
import { toChart } from '../src/render/chart.ts'
import { smallResults } from './small-results.ts'

it('writes a page from the results of a partial run', () => {
  const headings = toPage(smallResults)
    .split('\n')
    .filter((line) => line.startsWith('#'))
  expect(headings.slice(0, 8)).toEqual([
    '# Performance',
    '## Targets',
    '## Node v22.0.0',
    '### Single-value mode: µs per invocation',
    '### Wrong answers',
    '### Bytes allocated',
    '### First invocations, overlap, growth, memory',
    '### Cold starts',
  ])
})

it('gives times with the ratio of the same round, and a reason instead of a wrong one', () => {
  const page = toPage(smallResults)
  expect(page).toContain('| small JSON GET | 55 | 138 (2.50×) | wrong | 44 (0.80×) |')
  expect(page).toContain('- @h4ad/serverless-adapter, json, single mode: `status 500, not 200`')
})

it('subtracts the start of the app from a cold start of the same turn', () => {
  expect(toPage(smallResults)).toContain(
    '| serverless-http | 313 | 19.5 | 81 | 6.0 | 81 | 81 | – | – | – | – |',
  )
})

it('says on what was measured, and that the machine was quiet', () => {
  const page = toPage(smallResults)
  expect(page).toContain('Measured on 2026-01-02 in 25 minutes on\nNode 22.0.0 and 24.0.0:')
  expect(page).toContain('The machine was quiet: in 0 % of the slices')
  expect(page).toContain('load average 0.2 before and up to 1.3 during the run')
})

it('warns of a machine that was busy', () => {
  const figures = { unitNs: [1200, 1000], cpuNs: [1000, 1000] }
  const entry = { contestant: 'koa-alb', scenario: 'json', mode: 'single', figures } as const
  const nodes = [{ version: 'v24.0.0', entries: [entry] }]
  expect(toPage({ ...smallResults, nodes })).toContain('**The machine was busy**: in 50 %')
})

it('says what a run left out that had to end in time', () => {
  const budget = { minutes: 25, rounds: 1, leastPace: 0.72 }
  expect(toPage({ ...smallResults, budget })).toContain(
    'The run had 25 minutes (`--budget`): one round instead of three,\nwarm-ups that may take 72 %',
  )
  expect(toPage(smallResults)).not.toContain('--budget')
})

it.each([
  ['hangs', 'fails: no answer within 60000 ms'],
  ['fails', 'fails: the process ended with 3'],
])('has a word in the cell of one that %s', (word, wrong) => {
  const entry = {
    contestant: 'vendia',
    scenario: 'json',
    mode: 'single',
    wrong,
    figures: {},
  } as const
  const nodes = smallResults.nodes.map((node) => ({ ...node, entries: [...node.entries, entry] }))
  expect(toPage({ ...smallResults, nodes })).toContain(`| 138 (2.50×) | ${word} | wrong |`)
})

it('gives the ratios to the nearest adapter and to the floor by three clocks', () => {
  expect(toPage(smallResults)).toContain(
    '| small JSON GET | 2.50× | 2.50× | 2.50× | 2.50× | 1.25× | 1.25× | 1.25× |',
  )
})

it('draws every contestant with a right answer, both Node versions and a legend', async () => {
  const svg = await toChart(smallResults)
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(texts).toEqual(
    expect.arrayContaining([
      'koa-alb',
      'serverless-http',
      'floor: Koa on plain objects',
      'small JSON GET',
      'Node 22.0.0',
      'Node 24.0.0',
      'other Koa adapter',
      '2.50',
      '2.00',
      '0.80',
    ]),
  )
  expect(texts).not.toContain('@h4ad/serverless-adapter')
})
