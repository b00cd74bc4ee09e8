import type { Contestant } from '../contestants/contestants.ts'
import type { Results } from '../results.ts'
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

function sizeCells({ id, family }: Contestant, bundles: Results['bundles']): string[] {
  const bytes = bundles[id]?.bytes ?? Number.NaN
  const alone = bundles['app-alone']?.bytes ?? Number.NaN
  return [kilobytes(bytes), family === 'koa' ? kilobytes(bytes - alone) : '–']
}

function startCells(lookup: Lookup, { id, family }: Contestant, scenario: string): string[] {
  const median = (contestant: string, figure: string): number =>
    lookup.median(contestant, scenario, figure) ?? Number.NaN
  const response = median(id, 'firstResponseMs')
  const overhead = response - median(appAlone, 'firstResponseMs')
  return [
    digits(response),
    family === 'koa' && id !== appAlone ? overhead.toFixed(1) : '–',
    digits(median(id, 'cpuMs')),
    digits(median(id, 'evaluationMs')),
  ]
}
