import type { Contestant } from '../contestants/contestants.ts'
import type { Results } from '../results.ts'
import { median, paired } from '../statistics.ts'
import type { Lookup } from './lookup.ts'
import { digits, kilobytes, table } from './table.ts'

/** The Koa app on the plain-object floor: as near to the app alone as one that answers can be. */
const appAlone = 'plain-objects'

export function coldTable(lookup: Lookup, bundles: Results['bundles']): string {
  const rows = lookup
    .contestants()
    .map((one) => [
      one.title,
      ...sizeCells(one, bundles),
      ...['cold', 'cold-cached'].flatMap((scenario) => startCells(lookup, one, scenario)),
    ])
  const header = [
    '',
    'bundle, KiB',
    'minus the app, KiB',
    'first response, ms',
    'minus the app, ms',
    'CPU, ms',
    'evaluation, ms',
    'first response, cached, ms',
    'minus the app, ms',
    'CPU, ms',
    'evaluation, ms',
  ]
  return table(header, rows)
}

/** Milliseconds that a contestant adds to the app's start, by figure; of starts of the same turn. */
export function coldOverhead(
  lookup: Lookup,
  contestant: string,
  scenario: string,
  figure: string,
): number {
  const valuesOf = (id: string): readonly number[] => lookup.values(id, scenario, figure)
  return median(paired(valuesOf(contestant), valuesOf(appAlone), (all, app) => all - app))
}

/** Bytes that a contestant adds to the app's minified bundle. */
export function bundleShare(bundles: Results['bundles'], contestant: string): number {
  return (bundles[contestant]?.bytes ?? Number.NaN) - (bundles['app-alone']?.bytes ?? Number.NaN)
}

function sizeCells({ id, family }: Contestant, bundles: Results['bundles']): string[] {
  const share = family === 'koa' ? kilobytes(bundleShare(bundles, id)) : '–'
  return [kilobytes(bundles[id]?.bytes ?? Number.NaN), share]
}

function startCells(lookup: Lookup, { id, family }: Contestant, scenario: string): string[] {
  const overhead = coldOverhead(lookup, id, scenario, 'firstResponseMs')
  const isCompared = family === 'koa' && id !== appAlone && Number.isFinite(overhead)
  return [
    digits(lookup.median(id, scenario, 'firstResponseMs')),
    isCompared ? overhead.toFixed(1) : '–',
    digits(lookup.median(id, scenario, 'cpuMs')),
    digits(lookup.median(id, scenario, 'evaluationMs')),
  ]
}
