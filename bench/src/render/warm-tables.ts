import type { Mode } from '../scenarios/scenario.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { geometricMean } from '../statistics.ts'
import type { Lookup } from './lookup.ts'
import { kilobytes, microseconds, table, times } from './table.ts'

/** Event text to document text, per scenario and contestant. */
export function timeTable(lookup: Lookup, mode: Mode): string {
  const columns = lookup.contestants().filter(({ family }) => mode === 'single' || family === 'koa')
  const rows = lookup.scenarios().map((scenario) => {
    const cells = columns.map(({ id, role }) => {
      if (lookup.entry(id, scenario, mode)?.wrong) return 'wrong'
      const time = microseconds(lookup.median(id, scenario, 'unitNs', mode))
      const ratio = lookup.ratio([id, 'koa-alb'], scenario, 'unitNs', mode)
      return role === 'ours' || Number.isNaN(ratio) ? time : `${time} (${times(ratio)})`
    })
    return [toScenario(scenario).title, ...cells]
  })
  return table(['µs', ...columns.map(({ title }) => title)], rows)
}

/** How the adapter stands to the fastest other one and to the floor. */
export function ratioTable(lookup: Lookup, mode: Mode): string {
  const ratios = lookup
    .scenarios()
    .map((scenario) => [
      ...['unitNs', 'cpuNs', 'handlerNs'].map((figure) => lookup.nearest(scenario, figure, mode)),
      lookup.ratio(['koa-alb', 'plain-objects'], scenario, 'unitNs', mode),
      lookup.ratio(['koa-alb', 'plain-objects'], scenario, 'cpuNs', mode),
    ])
  const rows = lookup
    .scenarios()
    .map((scenario, index) => [toScenario(scenario).title, ...(ratios[index] ?? []).map(times)])
  const means = (ratios[0] ?? []).map((_, column) =>
    times(geometricMean(ratios.map((row) => row[column] ?? Number.NaN).filter(Number.isFinite))),
  )
  const header = [
    '',
    'nearest Koa adapter ÷ koa-alb, wall',
    'CPU',
    'handler alone',
    'koa-alb ÷ plain-object floor, wall',
    'CPU',
  ]
  return table(header, [...rows, ['**geometric mean**', ...means]])
}

/** Everything about each median, for those who doubt it. */
export function detailTable(lookup: Lookup): string {
  const rows = lookup.modes().flatMap((mode) =>
    lookup.scenarios().flatMap((scenario) =>
      lookup.contestants().flatMap(({ id, title }) => {
        const wall = lookup.values(id, scenario, 'unitNs', mode)
        if (wall.length === 0) return []
        const medians = ['unitNs', 'handlerNs', 'cpuNs'].map((figure) =>
          microseconds(lookup.median(id, scenario, figure, mode)),
        )
        const spread = `${microseconds(Math.min(...wall))}–${microseconds(Math.max(...wall))}`
        return [[`${scenario}, ${mode}`, title, ...medians, spread, String(wall.length)]]
      }),
    ),
  )
  const header = [
    'Scenario',
    'Contestant',
    'wall µs',
    'handler µs',
    'CPU µs',
    'wall, least–most',
    'slices',
  ]
  return table(header, rows)
}

export function allocationTable(lookup: Lookup): string {
  const columns = lookup.contestants()
  const rows = lookup
    .scenarios()
    .map((scenario) => [
      toScenario(scenario).title,
      ...columns.map(({ id }) => kilobytes(lookup.median(id, scenario, 'allocatedBytes'))),
    ])
  return table(['KiB per invocation', ...columns.map(({ title }) => title)], rows)
}
