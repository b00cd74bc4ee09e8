import type { Results } from '../results.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import { overlapRatio } from './besides-table.ts'
import { bundleShare, coldOverhead } from './cold-table.ts'
import type { Lookup } from './lookup.ts'
import { times } from './table.ts'

/** What the adapter is to reach; a figure over several modes or scenarios is the worst of them. */
export interface Target {
  readonly what: string
  readonly relation: '≥' | '≤' | '<'
  readonly limit: number
  /** NaN when something it needs was not measured. */
  figure(lookup: Lookup, bundles: Results['bundles']): number
  format(value: number): string
}

export const targets: readonly Target[] = [
  atLeast(2.2, 'small JSON GET: fastest other Koa adapter ÷ koa-alb', (lookup) =>
    least(lookup.modes().map((mode) => lookup.nearest('json', 'unitNs', mode))),
  ),
  atMost(1.2, 'small JSON GET: koa-alb ÷ plain-object floor', (lookup) => toFloor(lookup, 'json')),
  atLeast(1.3, 'every scenario: fastest other Koa adapter ÷ koa-alb', (lookup) =>
    least(lookup.modes().flatMap((mode) => allNearest(lookup, mode))),
  ),
  atLeast(1.9, 'geometric mean of the scenarios: the same', (lookup) =>
    least(lookup.modes().map((mode) => geometricMean(allNearest(lookup, mode)))),
  ),
  atMost(1.1, '256 KB image: koa-alb ÷ plain-object floor', (lookup) => toFloor(lookup, 'image')),
  atMost(1.1, '700 KB stream: koa-alb ÷ plain-object floor', (lookup) => toFloor(lookup, 'stream')),
  // The floor hands its one Buffer on, and makes one of all chunks.
  copies('256 KB image: copies of the bytes besides the base64 text', 'image', 0),
  copies('700 KB stream: copies of the bytes besides the base64 text', 'stream', 1),
  {
    ...atMost(
      0.5,
      'allocation per small GET: koa-alb ÷ leanest other Koa adapter',
      (lookup) => 1 / lookup.nearest('json', 'allocatedBytes'),
    ),
    relation: '<',
  },
  atMost(1.1, '100 overlapping invocations: each ÷ one alone', (lookup) =>
    overlapRatio(lookup, 'koa-alb', 100),
  ),
  {
    ...atMost(
      12,
      'minified bundle, minus the app',
      (_, bundles) => bundleShare(bundles, 'koa-alb') / 1000,
    ),
    format: (kilobytes) => `${kilobytes.toFixed(1)} KB`,
  },
  coldTarget('cold overhead over the app alone: koa-alb ÷ best other Koa adapter', 'cold'),
  coldTarget('the same, with the compile cache', 'cold-cached'),
]

export function isMet({ relation, limit }: Target, figure: number): boolean {
  if (relation === '≥') return figure >= limit
  return relation === '<' ? figure < limit : figure <= limit
}

function atLeast(limit: number, what: string, figure: Target['figure']): Target {
  return { what, relation: '≥', limit, figure, format: times }
}

function atMost(limit: number, what: string, figure: Target['figure']): Target {
  return { what, relation: '≤', limit, figure, format: times }
}

/** In bytes allocated beyond those of the floor, whose copies are known; a tenth is for the rest. */
function copies(what: string, scenario: string, ofFloor: number): Target {
  const length = toScenario(scenario).answer.body.length
  const figure = (lookup: Lookup): number => {
    const allocated = (id: string): number => lookup.median(id, scenario, 'allocatedBytes')
    return ofFloor + (allocated('koa-alb') - allocated('plain-objects')) / length
  }
  return { ...atMost(1.1, what, figure), format: (count) => count.toFixed(2) }
}

function coldTarget(what: string, scenario: string): Target {
  return atMost(1 / 3, what, (lookup) => {
    const overhead = (id: string): number => coldOverhead(lookup, id, scenario, 'firstResponseMs')
    const best = least(lookup.adapters().map(({ id }) => overhead(id)))
    // Too few starts on a busy machine: the difference is noise.
    return best > 0 ? overhead('koa-alb') / best : Number.NaN
  })
}

function toFloor(lookup: Lookup, scenario: string): number {
  const ratios = lookup
    .modes()
    .map((mode) => lookup.ratio(['koa-alb', 'plain-objects'], scenario, 'unitNs', mode))
  return ratios.length > 0 ? Math.max(...ratios) : Number.NaN
}

function allNearest(lookup: Lookup, mode: Parameters<Lookup['nearest']>[2]): number[] {
  return lookup
    .scenarios()
    .map((scenario) => lookup.nearest(scenario, 'unitNs', mode))
    .filter(Number.isFinite)
}

/** Of what was measured; NaN when nothing was. */
function least(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.length > 0 ? Math.min(...finite) : Number.NaN
}
