import type { Results } from '../results.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import { floor, Lookup, least } from './lookup.ts'
import { table, times } from './tables.ts'

/** What the adapter is to reach; a figure over several modes or scenarios is the worst of them. */
interface Target {
  readonly what: string
  readonly relation: '≥' | '≤' | '<'
  readonly limit: number
  /** NaN when something it needs was not measured. */
  figure(lookup: Lookup): number
  format(value: number): string
}

const targets: readonly Target[] = [
  target('small JSON GET: fastest other Koa adapter ÷ koa-alb', '≥', 2.2, (lookup) =>
    least(lookup.modes().map((mode) => lookup.nearest('json', 'unitNs', mode))),
  ),
  toFloor('small JSON GET', 'json', 1.2),
  target('every scenario: fastest other Koa adapter ÷ koa-alb', '≥', 1.3, (lookup) =>
    least(allNearest(lookup).flat()),
  ),
  target('geometric mean of the scenarios: the same', '≥', 1.9, (lookup) =>
    least(allNearest(lookup).map(geometricMean)),
  ),
  toFloor('256 KB image', 'image', 1.1),
  toFloor('700 KB stream', 'stream', 1.1),
  // The floor hands its one Buffer on, and makes one of all chunks.
  copies('256 KB image', 'image', 0),
  copies('700 KB stream', 'stream', 1),
  target(
    'allocation per small GET: koa-alb ÷ leanest other Koa adapter',
    '<',
    0.5,
    (lookup) => 1 / lookup.nearest('json', 'allocatedBytes'),
  ),
  target('100 overlapping invocations: each ÷ one alone', '≤', 1.1, (lookup) =>
    lookup.overlapRatio('koa-alb', 100),
  ),
  target(
    'minified bundle, minus the app',
    '≤',
    12,
    (lookup) => lookup.bundleShare('koa-alb') / 1000,
    (kilobytes) => `${kilobytes.toFixed(1)} KB`,
  ),
  cold('cold overhead over the app alone: koa-alb ÷ best other Koa adapter', 'cold'),
  cold('the same, with the compile cache', 'cold-cached'),
]

/** Each target with what it came to on each Node version. */
export function targetTable(results: Results): string {
  const rows = targets.map((one) => [
    one.what,
    `${one.relation} ${one.format(one.limit)}`,
    ...results.nodes.map((node) => verdict(one, one.figure(new Lookup(node, results)))),
  ])
  return table(['', 'target', ...results.nodes.map(({ version }) => `Node ${version}`)], rows)
}

function verdict({ relation, limit, format }: Target, figure: number): string {
  if (!Number.isFinite(figure)) return 'not measured'
  const isMet =
    (relation === '≥' && figure >= limit) ||
    (relation === '≤' && figure <= limit) ||
    (relation === '<' && figure < limit)
  return `${format(figure)}, ${isMet ? 'met' : '**not met**'}`
}

function target(
  what: string,
  relation: Target['relation'],
  limit: number,
  figure: Target['figure'],
  format: Target['format'] = times,
): Target {
  return { what, relation, limit, figure, format }
}

function toFloor(title: string, scenario: string, limit: number): Target {
  return target(`${title}: koa-alb ÷ plain-object floor`, '≤', limit, (lookup) => {
    const pair = ['koa-alb', floor] as const
    const ratios = lookup.modes().map((mode) => lookup.ratio(pair, scenario, 'unitNs', mode))
    return ratios.length > 0 ? Math.max(...ratios) : Number.NaN
  })
}

/** In bytes allocated beyond those of the floor, whose copies are known; a tenth is for the rest. */
function copies(title: string, scenario: string, ofFloor: number): Target {
  const length = toScenario(scenario).answer.body.length
  const figure = (lookup: Lookup): number => {
    const allocated = (id: string): number => lookup.median(id, scenario, 'allocatedBytes')
    return ofFloor + (allocated('koa-alb') - allocated(floor)) / length
  }
  const what = `${title}: copies of the bytes besides the base64 text`
  return target(what, '≤', 1.1, figure, (count) => count.toFixed(2))
}

function cold(what: string, scenario: string): Target {
  return target(what, '≤', 1 / 3, (lookup) => {
    const best = least(lookup.adapters().map(({ id }) => lookup.coldOverhead(id, scenario)))
    // Too few starts on a busy machine: the difference is noise.
    return best > 0 ? lookup.coldOverhead('koa-alb', scenario) / best : Number.NaN
  })
}

/** By mode. */
function allNearest(lookup: Lookup): number[][] {
  return lookup.modes().map((mode) =>
    lookup
      .scenarios()
      .map((scenario) => lookup.nearest(scenario, 'unitNs', mode))
      .filter(Number.isFinite),
  )
}
