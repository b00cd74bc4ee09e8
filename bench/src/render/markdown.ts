import { contestants } from '../contestants/contestants.ts'
import { growthScenarios } from '../plan/pace.ts'
import type { Entry, NodeResults, Results } from '../results.ts'
import { coldTable } from './cold-table.ts'
import { Lookup } from './lookup.ts'
import { method } from './method.ts'
import { digits } from './table.ts'
import { allocationTable, besidesTable, detailTable, ratioTable, timeTable } from './warm-tables.ts'

/** docs/performance.md. */
export function toMarkdown(results: Results): string {
  return [
    '# Performance',
    '<!-- Written by `pnpm bench --docs`; `pnpm bench --render` writes it again from performance.json. -->',
    introduction(results),
    '![Time per invocation in each scenario, as a multiple of that of koa-alb](performance.svg)',
    ...results.nodes.flatMap((node) => nodeSections(node, results.bundles)),
    method,
  ].join('\n\n')
}

function introduction({ startedAt, minutes, quick, machine, load, versions }: Results): string {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    'How long `koa-alb` takes beside other ways of running an app behind a load balancer. All figures are of',
    'one run on one machine and are there to be compared with each other: yours will differ, and so will',
    'Lambda. `pnpm bench` repeats it.',
    '',
    `Measured on ${startedAt.slice(0, 10)} in ${digits(minutes)} minutes${quick ? ', **in a hurry (`--quick`)**' : ''}:`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB; load average ${load[0].toFixed(1)}`,
    `before, ${load[1].toFixed(1)} after (the run itself adds about one).`,
    `Versions: ${list.join(', ')}.`,
  ].join('\n')
}

function nodeSections(node: NodeResults, bundles: Results['bundles']): string[] {
  const lookup = new Lookup(node)
  const times = lookup
    .modes()
    .flatMap((mode) => [
      `### ${mode === 'single' ? 'Single-value' : 'Multi-value'} mode: µs per invocation`,
      'In brackets: as a multiple of `koa-alb`.',
      timeTable(lookup, mode),
      ratioTable(lookup, mode),
    ])
  const hasColdStarts = lookup.entry('koa-alb', 'cold') !== undefined
  return [
    `## Node ${node.version}`,
    ...times,
    ...wrongAnswers(lookup.wrongAnswers()),
    '### Bytes allocated',
    allocationTable(lookup),
    '### First invocations, overlap, growth, memory',
    besidesTable(lookup, growthScenarios),
    ...(hasColdStarts ? ['### Cold starts', coldTable(lookup, bundles)] : []),
    `<details>\n<summary>Spread, handler alone and CPU time</summary>\n\n${detailTable(lookup)}\n\n</details>`,
  ]
}

function wrongAnswers(entries: readonly Entry[]): string[] {
  if (entries.length === 0) return []
  const reasons = entries.map(({ contestant, scenario, mode, wrong }) => {
    const title = contestants.find(({ id }) => id === contestant)?.title
    return `- ${title}, ${scenario}, ${mode} mode: \`${wrong?.replaceAll('`', "'")}\``
  })
  return ['### Wrong answers', [...new Set(reasons)].join('\n')]
}
