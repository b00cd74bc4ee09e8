import type { Entry, Results } from '../src/results.ts'

/** Two rounds on two Node versions of what the page cannot do without. */
export const smallResults: Results = {
  startedAt: '2026-01-02T03:04:05.678Z',
  minutes: 25,
  quick: false,
  machine: { cpu: 'Some CPU', cores: 2, memoryGiB: 16 },
  loads: [0.2, 1.3],
  versions: { koa: '3.0.0' },
  bundles: {
    'app-alone': { bytes: 300_000, gzippedBytes: 90_000 },
    'koa-alb': { bytes: 311_000, gzippedBytes: 94_000 },
    'serverless-http': { bytes: 320_000, gzippedBytes: 97_000 },
  },
  nodes: [
    { version: 'v22.0.0', entries: entriesOf(2.5) },
    { version: 'v24.0.0', entries: entriesOf(2) },
  ],
}

function entriesOf(adapterRatio: number): Entry[] {
  return [
    timed('koa-alb', [10_000, 100_000], 5_000),
    timed('serverless-http', [10_000 * adapterRatio, 100_000 * adapterRatio], 20_000),
    timed('plain-objects', [8_000, 80_000], 4_000),
    timed('node-classes', [8_000, 80_000], 12_000),
    { ...key('h4ad', 'json'), wrong: 'status 500, not 200', figures: {} },
    { ...key('koa-alb', 'overlap'), figures: { overlap1Ns: [100, 200], overlap100Ns: [120, 240] } },
    started('koa-alb', [51, 101]),
    started('serverless-http', [56, 106]),
    started('plain-objects', [50, 100]),
  ]
}

function timed(contestant: string, unitNs: number[], allocatedBytes: number): Entry {
  const figures = {
    unitNs,
    handlerNs: unitNs,
    mainNs: unitNs,
    cpuNs: unitNs,
    allocatedBytes: [allocatedBytes],
  }
  return { ...key(contestant, 'json'), figures }
}

function started(contestant: string, firstResponseMs: number[]): Entry {
  const figures = { firstResponseMs, cpuMs: firstResponseMs, evaluationMs: firstResponseMs }
  return { ...key(contestant, 'cold'), figures }
}

function key(
  contestant: string,
  scenario: string,
): Pick<Entry, 'contestant' | 'scenario' | 'mode'> {
  return { contestant, scenario, mode: 'single' }
}
