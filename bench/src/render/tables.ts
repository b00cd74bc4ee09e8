import type { Contestant } from '../contestants/contestants.ts'
import type { Mode } from '../scenarios/scenario.ts'
import { growthScenarios, overlapLevels, toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import { floor, type Lookup } from './lookup.ts'

/** Wall time, CPU time of the main thread, CPU time of the process. */
const clocks = ['unitNs', 'mainNs', 'cpuNs']

/** A row with a cell for each contestant. */
type Row = readonly [title: string, toCell: (one: Contestant) => string]

/** Event text to document text, per scenario and contestant. */
export function timeTable(lookup: Lookup, mode: Mode): string {
  const columns = lookup.contestants().filter(({ family }) => mode === 'single' || family === 'koa')
  const rows = lookup.scenarios().map((scenario): Row => {
    const toCell = ({ id }: Contestant): string => {
      const wrong = lookup.entry(id, scenario, mode)?.wrong
      if (wrong) return failure(wrong)
      const time = microseconds(lookup.median(id, scenario, 'unitNs', mode))
      const ratio = lookup.ratio([id, 'koa-alb'], scenario, 'unitNs', mode)
      return id === 'koa-alb' ? time : withRatio(time, ratio)
    }
    return [toScenario(scenario).title, toCell]
  })
  return contestantTable('µs', columns, rows)
}

/** How the adapter stands to the fastest other one and to the floor. */
export function ratioTable(lookup: Lookup, mode: Mode): string {
  const ratios = lookup
    .scenarios()
    .map((scenario) => [
      ...[...clocks, 'handlerNs'].map((figure) => lookup.nearest(scenario, figure, mode)),
      ...clocks.map((figure) => lookup.ratio(['koa-alb', floor], scenario, figure, mode)),
    ])
  const rows = lookup
    .scenarios()
    .map((scenario, index) => [toScenario(scenario).title, ...(ratios[index] ?? []).map(times)])
  const means = (ratios[0] ?? []).map((_, column) =>
    times(geometricMean(ratios.map((row) => row[column] ?? Number.NaN).filter(Number.isFinite))),
  )
  const cpu = ['main-thread CPU', 'total CPU']
  const nearest = ['nearest Koa adapter ÷ koa-alb, wall', ...cpu, 'handler alone']
  const header = ['', ...nearest, 'koa-alb ÷ plain-object floor, wall', ...cpu]
  return table(header, [...rows, ['**geometric mean**', ...means]])
}

export function allocationTable(lookup: Lookup): string {
  const rows = lookup
    .scenarios()
    .map(
      (scenario): Row => [
        toScenario(scenario).title,
        ({ id }) => kilobytes(lookup.median(id, scenario, 'allocatedBytes')),
      ],
    )
  return contestantTable('KiB per invocation', lookup.contestants(), rows)
}

/** What is measured beside the scenarios: first invocations, overlap, growth, memory. */
export function besidesTable(lookup: Lookup): string {
  const row = (title: string, scenario: string, figure: string, format = microseconds): Row => [
    title,
    ({ id }) => format(lookup.median(id, scenario, figure)),
  ]
  const overlap = overlapLevels.map((level): Row => {
    const [title, toTime] = row(`${level} at once, µs each`, 'overlap', `overlap${level}Ns`)
    if (level === 1) return [title, toTime]
    return [title, (one) => withRatio(toTime(one), lookup.overlapRatio(one.id, level))]
  })
  return contestantTable('', lookup.contestants(), [
    row('first 100 invocations (json), µs each', 'json', 'earlyNs'),
    row('first 100 invocations (stack), µs each', 'stack', 'earlyNs'),
    ...overlap,
    ...growthScenarios.map((id) => row(`${id.replace('-', ' ')} bytes, µs`, id, 'unitNs')),
    row('stream, peak memory, MiB', 'stream', 'peakBytes', megabytes),
    row('stream, growth of the peak, MiB', 'stream', 'peakGrowthBytes', megabytes),
  ])
}

export function coldTable(lookup: Lookup): string {
  const startCells = ({ id, family }: Contestant, scenario: string): string[] => {
    const overhead = lookup.coldOverhead(id, scenario)
    const isCompared = family === 'koa' && id !== floor && Number.isFinite(overhead)
    return [
      digits(lookup.median(id, scenario, 'firstResponseMs')),
      isCompared ? overhead.toFixed(1) : '–',
      digits(lookup.median(id, scenario, 'cpuMs')),
      digits(lookup.median(id, scenario, 'evaluationMs')),
    ]
  }
  const rows = lookup
    .contestants()
    .map((one) => [
      one.title,
      kilobytes(lookup.bundleBytes(one.id)),
      one.family === 'koa' ? kilobytes(lookup.bundleShare(one.id)) : '–',
      ...['cold', 'cold-cached'].flatMap((scenario) => startCells(one, scenario)),
    ])
  const start = ['minus the app, ms', 'CPU, ms', 'evaluation, ms']
  const sizes = ['', 'bundle, KiB', 'minus the app, KiB']
  const starts = ['first response, ms', ...start, 'first response, cached, ms', ...start]
  return table([...sizes, ...starts], rows)
}

/** Everything about each median, for those who doubt it. */
export function detailTable(lookup: Lookup): string {
  const rowOf = ({ id, title }: Contestant, scenario: string, mode: Mode): string[][] => {
    const wall = lookup.values(id, scenario, 'unitNs', mode)
    if (wall.length === 0) return []
    const medians = ['unitNs', 'handlerNs', 'mainNs', 'cpuNs'].map((figure) =>
      microseconds(lookup.median(id, scenario, figure, mode)),
    )
    const spread = `${microseconds(Math.min(...wall))}–${microseconds(Math.max(...wall))}`
    return [[`${scenario}, ${mode}`, title, ...medians, spread, String(wall.length)]]
  }
  const rows = lookup
    .modes()
    .flatMap((mode) =>
      lookup
        .scenarios()
        .flatMap((scenario) =>
          lookup.contestants().flatMap((contestant) => rowOf(contestant, scenario, mode)),
        ),
    )
  const medians = ['wall µs', 'handler µs', 'main-thread CPU µs', 'total CPU µs']
  return table(['Scenario', 'Contestant', ...medians, 'wall, least–most', 'slices'], rows)
}

/** In a word; the reason stands below the table. */
function failure(wrong: string): string {
  if (wrong.includes('no answer within')) return 'hangs'
  return wrong.startsWith('fails:') ? 'fails' : 'wrong'
}

function contestantTable(
  corner: string,
  columns: readonly Contestant[],
  rows: readonly Row[],
): string {
  return table(
    [corner, ...columns.map(({ title }) => title)],
    rows.map(([title, toCell]) => [title, ...columns.map(toCell)]),
  )
}

/** A markdown table; all columns but the first are right-aligned. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, index) => (index === 0 ? '---' : '--:'))
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Three, without an exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 })
}

export function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–'
}

function withRatio(time: string, ratio: number): string {
  return Number.isFinite(ratio) ? `${time} (${times(ratio)})` : time
}

function microseconds(nanoseconds: number): string {
  return digits(nanoseconds / 1000)
}

function kilobytes(bytes: number): string {
  return digits(bytes / 1024)
}

function megabytes(bytes: number): string {
  return digits(bytes / 2 ** 20)
}
