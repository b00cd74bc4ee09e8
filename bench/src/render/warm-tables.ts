import type { Contestant } from '../contestants/contestants.ts'
import type { Mode } from '../scenarios/scenario.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import type { Lookup } from './lookup.ts'
import { kilobytes, microseconds, table, times } from './table.ts'

/** Event text to document text, per scenario and contestant. */
export function timeTable(lookup: Lookup, mode: Mode): string {
  const columns = lookup.contestants().filter(({ family }) => mode === 'single' || family === 'koa')
  const rows = lookup.scenarios().map((scenario) => {
    const ours = lookup.median('koa-alb', scenario, 'unitNs', mode)
    const cells = columns.map((one) => {
      if (lookup.entry(one.id, scenario, mode)?.wrong) return 'wrong'
      const median = lookup.median(one.id, scenario, 'unitNs', mode)
      if (median === undefined) return '–'
      if (one.role === 'ours' || ours === undefined) return microseconds(median)
      return `${microseconds(median)} (${times(median / ours)})`
    })
    return [toScenario(scenario).title, ...cells]
  })
  return table(['µs', ...columns.map(({ title }) => title)], rows)
}

/** How the adapter stands to the fastest other one and to the floor. */
export function ratioTable(lookup: Lookup, mode: Mode): string {
  const ratios = lookup.scenarios().map((scenario) => {
    const ratioTo = (figure: string): number =>
      (lookup.best(scenario, figure, mode) ?? Number.NaN) /
      (lookup.median('koa-alb', scenario, figure, mode) ?? Number.NaN)
    const floor = lookup.median('plain-objects', scenario, 'unitNs', mode) ?? Number.NaN
    const ours = lookup.median('koa-alb', scenario, 'unitNs', mode) ?? Number.NaN
    return {
      title: toScenario(scenario).title,
      wall: ratioTo('unitNs'),
      cpu: ratioTo('cpuNs'),
      handler: ratioTo('handlerNs'),
      floor: ours / floor,
    }
  })
  const means = (['wall', 'cpu', 'handler', 'floor'] as const).map((name) =>
    times(geometricMean(ratios.map((ratio) => ratio[name]).filter(Number.isFinite))),
  )
  const rows = ratios.map((ratio) => [
    ratio.title,
    times(ratio.wall),
    times(ratio.cpu),
    times(ratio.handler),
    times(ratio.floor),
  ])
  const header = [
    'Fastest other Koa adapter ÷ koa-alb',
    'wall time',
    'CPU time',
    'handler alone',
    'koa-alb ÷ plain-object floor',
  ]
  return table(header, [...rows, ['**geometric mean**', ...means]])
}

/** Everything about each median, for those who doubt it. */
export function detailTable(lookup: Lookup): string {
  const rows = lookup.modes().flatMap((mode) =>
    lookup.scenarios().flatMap((scenario) =>
      lookup.contestants().flatMap(({ id, title }) => {
        const entry = lookup.entry(id, scenario, mode)
        const { unitNs, handlerNs, cpuNs } = entry?.figures ?? {}
        if (!unitNs || !handlerNs || !cpuNs) return []
        const spread = `${microseconds(unitNs.least)}–${microseconds(unitNs.most)}`
        const medians = [unitNs, handlerNs, cpuNs].map(({ median }) => microseconds(median))
        return [[`${scenario}, ${mode}`, title, ...medians, spread]]
      }),
    ),
  )
  const header = ['Scenario', 'Contestant', 'wall µs', 'handler µs', 'CPU µs', 'wall, least–most']
  return table(header, rows)
}

export function allocationTable(lookup: Lookup): string {
  const columns = lookup.contestants()
  const rows = lookup
    .scenarios()
    .map((scenario) => [
      toScenario(scenario).title,
      ...columns.map(({ id }) => cell(lookup.median(id, scenario, 'allocatedBytes'), kilobytes)),
    ])
  return table(['KiB per invocation', ...columns.map(({ title }) => title)], rows)
}

export function besidesTable(lookup: Lookup, growth: readonly string[]): string {
  const header = ['', ...lookup.contestants().map(({ title }) => title)]
  const row = (title: string, toCell: (contestant: Contestant) => string): string[] => [
    title,
    ...lookup.contestants().map(toCell),
  ]
  const overlap = [1, 10, 100].map((level) =>
    row(`${level} at once, µs each`, ({ id }) =>
      cell(lookup.median(id, 'overlap', `overlap${level}Ns`), microseconds),
    ),
  )
  const early = ['json', 'stack'].map((scenario) =>
    row(`first 100 invocations (${scenario}), µs each`, ({ id }) =>
      cell(lookup.median(id, scenario, 'earlyNs'), microseconds),
    ),
  )
  const sizes = growth.map((scenario) =>
    row(`${scenario.replace('-', ' ')} bytes, µs`, ({ id }) =>
      cell(lookup.median(id, scenario, 'unitNs'), microseconds),
    ),
  )
  const memory = [
    row('stream, peak memory, MiB', ({ id }) =>
      cell(lookup.median(id, 'stream', 'peakBytes'), (bytes) => kilobytes(bytes / 1024)),
    ),
    row('stream, growth of the peak, MiB', ({ id }) =>
      cell(lookup.median(id, 'stream', 'peakGrowthBytes'), (bytes) => kilobytes(bytes / 1024)),
    ),
  ]
  return table(header, [...early, ...overlap, ...sizes, ...memory])
}

function cell(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value)
}
