import { expect, it } from 'vitest'
import { type Found, type Line, toResults, wholeTasks } from '../src/results.ts'

const asked = { quick: false, nodes: [], contestants: [], scenarios: [], warm: false }
const run = {
  startedAt: '2026-01-02T03:04:05.678Z',
  quick: false,
  machine: { cpu: 'Some CPU', cores: 2, memoryGiB: 16 },
  versions: {},
  bundles: {},
}

it('puts together what was found line by line', () => {
  const lines: Line[] = [
    { run, asked },
    { minutes: 0, load: 0.2, done: 0 },
    timed({ unitNs: 10, cpuNs: 11 }),
    timed({ unitNs: 20, cpuNs: 21 }),
    timed({ allocatedBytes: 300 }),
    { minutes: 25, load: 1.3, done: 1 },
  ]
  const figures = { unitNs: [10, 20], cpuNs: [11, 21], allocatedBytes: [300] }
  const entry = { contestant: 'koa-alb', scenario: 'json', mode: 'single', figures }
  const nodes = [{ version: 'v24.0.0', entries: [entry] }]
  expect(toResults(lines)).toEqual({ ...run, minutes: 25, loads: [0.2, 1.3], nodes })
})

it('makes the best of a run that was ended', () => {
  const { minutes, nodes } = toResults([
    { run, asked },
    { minutes: 0, load: 0.2, done: 0 },
    timed({ unitNs: 10 }),
  ])
  expect(minutes).toBe(0)
  expect(nodes[0]?.entries[0]?.figures).toEqual({ unitNs: [10] })
})

it('keeps no figures of a contestant that was wrong once', () => {
  const wrong = { ...timed({}), wrong: 'status 404, not 200' }
  expect(
    toResults([{ run, asked }, timed({ unitNs: 10 }), wrong, timed({ unitNs: 20 })]).nodes,
  ).toEqual([
    { version: 'v24.0.0', entries: [{ ...key, wrong: 'status 404, not 200', figures: {} }] },
  ])
})

it('tells of a run with a budget how short its shortest warm-up was', () => {
  const budget = { minutes: 20, rounds: 1, leastPace: 1 }
  const lines: Line[] = [
    { run: { ...run, budget }, asked },
    { minutes: 3, load: 1, done: 1, pace: 0.7 },
    { minutes: 6, load: 1, done: 2, pace: 0.9 },
  ]
  expect(toResults(lines).budget).toEqual({ minutes: 20, rounds: 1, leastPace: 0.7 })
})

it('leaves out what was found of a task that was ended before its time', () => {
  const whole: Line[] = [{ run, asked }, timed({ unitNs: 10 }), { minutes: 1, load: 1, done: 1 }]
  expect(wholeTasks([...whole, timed({ unitNs: 20 })])).toEqual(whole)
})

const key = { contestant: 'koa-alb', scenario: 'json', mode: 'single' } as const

function timed(figures: Found['figures']): Found {
  return { version: 'v24.0.0', ...key, figures }
}
