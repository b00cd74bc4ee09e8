import type { Results } from '../results.ts'
import type { Mode } from '../scenarios/scenario.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import { floor, Lookup, least } from './lookup.ts'
import { table, times } from './tables.ts'

/** What the adapter is to reach; a figure over several modes or scenarios is the worst of them. */
interface Target {
  readonly what: string
  readonly relation: '≥' | '≤'
  readonly limit: number
  /** NaN when something it needs was not measured. */
  figure(lookup: Lookup): number
  format(value: number): string
}

/** Where the adapter's own work is most of the time. */
const small = ['json', 'html', 'unicode-html', 'json-post', 'fields', 'not-modified']

/** Where memory, base64, zlib or the app's middleware take most of it. */
const large = ['stack', 'binary-post', 'image', 'stream']

const targets: readonly Target[] = [
  ...small.map((scenario) => ahead(scenario, 'mainNs', 1.25)),
  target('geometric mean of these, main-thread CPU', '≥', 1.35, (lookup) =>
    least(lookup.modes().map((mode) => geometricMean(nearestOfSmall(lookup, mode)))),
  ),
  toFloor('small JSON GET', 'json', 'node-classes', 1.1),
  toFloor('small JSON GET', 'json', floor, 1.5),
  ...large.map((scenario) => ahead(scenario, 'mainNs', 1)),
  ...large.map((scenario) => ahead(scenario, 'cpuNs', 1)),
  // The floor hands its one Buffer on, and makes one of all chunks.
  copies('256 KB image', 'image', 0),
  copies('700 KB stream', 'stream', 1),
  target(
    'allocation per small GET: koa-alb ÷ leanest other Koa adapter',
    '≤',
    0.7,
    (lookup) => 1 / lookup.nearest('json', 'allocatedBytes'),
  ),
  target('100 overlapping invocations: each ÷ one alone', '≤', 1.1, (lookup) =>
    lookup.overlapRatio('koa-alb', 100),
  ),
  target(
    'minified bundle, minus the app',
    '≤',
    24,
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
  const isMet = (relation === '≥' && figure >= limit) || (relation === '≤' && figure <= limit)
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

/** The fastest other Koa adapter is to take so many times as long, in each mode. */
function ahead(scenario: string, clock: 'mainNs' | 'cpuNs', limit: number): Target {
  const time = clock === 'mainNs' ? 'main-thread CPU' : 'total CPU'
  const what = `${toScenario(scenario).title}: fastest other Koa adapter ÷ koa-alb, ${time}`
  return target(what, '≥', limit, (lookup) =>
    least(lookup.modes().map((mode) => lookup.nearest(scenario, clock, mode))),
  )
}

function nearestOfSmall(lookup: Lookup, mode: Mode): number[] {
  return small
    .map((scenario) => lookup.nearest(scenario, 'mainNs', mode))
    .filter((ratio) => Number.isFinite(ratio))
}

function toFloor(title: string, scenario: string, of: string, limit: number): Target {
  const name = of === floor ? 'plain-object floor' : "Koa on Node's classes"
  return target(`${title}: koa-alb ÷ ${name}, main-thread CPU`, '≤', limit, (lookup) => {
    const pair = ['koa-alb', of] as const
    const ratios = lookup.modes().map((mode) => lookup.ratio(pair, scenario, 'mainNs', mode))
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
  return target(what, '≤', 1, (lookup) => {
    const best = least(lookup.adapters().map(({ id }) => lookup.coldOverhead(id, scenario)))
    // Too few starts on a busy machine: the difference is noise.
    return best > 0 ? lookup.coldOverhead('koa-alb', scenario) / best : Number.NaN
  })
}
