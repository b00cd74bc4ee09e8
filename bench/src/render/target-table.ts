import type { Results } from '../results.ts'
import { Lookup } from './lookup.ts'
import { table } from './table.ts'
import { isMet, type Target, targets } from './targets.ts'

/** Each target with what it came to on each Node version. */
export function targetTable({ nodes, bundles }: Results): string {
  const rows = targets.map((target) => [
    target.what,
    `${target.relation} ${target.format(target.limit)}`,
    ...nodes.map((node) => verdict(target, target.figure(new Lookup(node), bundles))),
  ])
  return table(['', 'target', ...nodes.map(({ version }) => `Node ${version}`)], rows)
}

function verdict(target: Target, figure: number): string {
  if (!Number.isFinite(figure)) return 'not measured'
  return `${target.format(figure)}, ${isMet(target, figure) ? 'met' : '**not met**'}`
}
