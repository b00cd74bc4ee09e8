import { growthScenarios, overlapLevels } from '../plan/pace.ts'
import { pairedRatio } from '../statistics.ts'
import type { Lookup } from './lookup.ts'
import { megabytes, microseconds, table, times } from './table.ts'

/** What is measured beside the scenarios: first invocations, overlap, growth, memory. */
export function besidesTable(lookup: Lookup): string {
  const columns = lookup.contestants()
  const row = (title: string, toCell: (id: string) => string): string[] => [
    title,
    ...columns.map(({ id }) => toCell(id)),
  ]
  const early = ['json', 'stack'].map((scenario) =>
    row(`first 100 invocations (${scenario}), µs each`, (id) =>
      microseconds(lookup.median(id, scenario, 'earlyNs')),
    ),
  )
  const overlap = overlapLevels.map((level) =>
    row(`${level} at once, µs each`, (id) => overlapCell(lookup, id, level)),
  )
  const sizes = growthScenarios.map((scenario) =>
    row(`${scenario.replace('-', ' ')} bytes, µs`, (id) =>
      microseconds(lookup.median(id, scenario, 'unitNs')),
    ),
  )
  const memory = [
    ['peakBytes', 'stream, peak memory, MiB'] as const,
    ['peakGrowthBytes', 'stream, growth of the peak, MiB'] as const,
  ].map(([figure, title]) => row(title, (id) => megabytes(lookup.median(id, 'stream', figure))))
  const header = ['', ...columns.map(({ title }) => title)]
  return table(header, [...early, ...overlap, ...sizes, ...memory])
}

function overlapCell(lookup: Lookup, id: string, level: number): string {
  const time = microseconds(lookup.median(id, 'overlap', `overlap${level}Ns`))
  const ratio = overlapRatio(lookup, id, level)
  return level === 1 || Number.isNaN(ratio) ? time : `${time} (${times(ratio)})`
}

/** An invocation among `level` at once, as a multiple of one that is alone. */
export function overlapRatio(lookup: Lookup, id: string, level: number): number {
  return pairedRatio(
    lookup.values(id, 'overlap', `overlap${level}Ns`),
    lookup.values(id, 'overlap', 'overlap1Ns'),
  )
}
