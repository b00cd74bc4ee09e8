import { contestants } from '../contestants/contestants.ts'
import type { Entry, NodeResults, Results } from '../results.ts'
import { besidesTable } from './besides-table.ts'
import { coldTable } from './cold-table.ts'
import { introduction } from './introduction.ts'
import { Lookup } from './lookup.ts'
import { method } from './method.ts'
import { targetTable } from './target-table.ts'
import { allocationTable, detailTable, ratioTable, timeTable } from './warm-tables.ts'

/** docs/performance.md. */
export function toMarkdown(results: Results): string {
  return [
    '# Performance',
    '<!-- Written by `npm run bench -- --docs`, and again from performance.json by `--render`. -->',
    introduction(results),
    '## Targets',
    targetTable(results),
    'What is left above the floor, which targets are out of reach and why:\n[decisions/013](decisions/013-what-is-left-above-the-floor.md).',
    '![Time per invocation in each scenario, as a multiple of that of koa-alb](performance.svg)',
    ...results.nodes.flatMap((node) => nodeSections(node, results.bundles)),
    method,
  ].join('\n\n')
}

function nodeSections(node: NodeResults, bundles: Results['bundles']): string[] {
  const lookup = new Lookup(node)
  const times = lookup
    .modes()
    .flatMap((mode) => [
      `### ${mode === 'single' ? 'Single-value' : 'Multi-value'} mode: µs per invocation`,
      'In brackets: as a multiple of `koa-alb` in the same turn.',
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
    besidesTable(lookup),
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
