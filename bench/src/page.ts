import { readFileSync } from 'node:fs'
import { contestants } from './contestants/contestants.ts'
import { Lookup } from './render/lookup.ts'
import {
  allocationTable,
  besidesTable,
  coldTable,
  detailTable,
  digits,
  ratioTable,
  timeTable,
} from './render/tables.ts'
import { targetTable } from './render/targets.ts'
import type { NodeResults, Results } from './results.ts'

/** Above this a process waited for a core, or for memory, rather than worked. */
const waitingRatio = 1.1

/** docs/performance.md: page.md with its holes filled. */
export function toPage(results: Results): string {
  const { startedAt, minutes, quick, machine, versions, nodes } = results
  const holes: Record<string, string> = {
    date: startedAt.slice(0, 10),
    minutes: digits(minutes),
    hurry: quick ? ', **in a hurry (`--quick`)**' : '',
    budget: budgetNote(results),
    nodes: new Intl.ListFormat('en').format(nodes.map(({ version }) => version.replace('v', ''))),
    machine: `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`,
    quietness: quietness(results),
    versions: Object.entries(versions)
      .map((version) => version.join(' '))
      .join(', '),
    targets: targetTable(results),
    figures: nodes.flatMap((node) => sections(node, results)).join('\n\n'),
  }
  // Of the package, seen from this file and from the bundle of it in .cache.
  const page = readFileSync(new URL('../page.md', import.meta.url), 'utf8')
  return page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => holes[name] ?? '')
}

/** What a run left out that had to end in time. */
function budgetNote({ budget }: Results): string {
  if (!budget) return ''
  const { minutes, rounds, leastPace } = budget
  const percent = Math.round(leastPace * 100)
  return [
    `The run had ${digits(minutes)} minutes (\`--budget\`): ${rounds === 1 ? 'one round' : `${rounds} rounds`} instead of three,`,
    `warm-ups that may take ${percent} % of what they may below, but for the stack of middleware, and fewer cold\nstarts. – is what there was no time for.\n`,
  ].join('\n')
}

/** Whether something else was at work, too: then wall time is more than the work took. */
function quietness({ loads, nodes }: Results): string {
  const [before = Number.NaN] = loads
  const slices = nodes
    .flatMap(({ entries }) => entries)
    .flatMap(({ figures: { unitNs = [], cpuNs = [] } }) =>
      unitNs.map((wall, index) => wall / (cpuNs[index] ?? Number.NaN)),
    )
  const waiting = slices.filter((ratio) => ratio > waitingRatio).length
  const percent = Math.round((waiting / slices.length) * 100)
  const verdict = percent > 5 ? '**The machine was busy**' : 'The machine was quiet'
  return [
    `${verdict}: in ${percent} % of the slices wall time was more than ${waitingRatio} times CPU time;`,
    `load average ${before.toFixed(1)} before and up to ${Math.max(...loads).toFixed(1)} during the run, which adds about one.`,
  ].join('\n')
}

function sections(node: NodeResults, results: Results): string[] {
  const lookup = new Lookup(node, results)
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
    ...wrongAnswers(lookup),
    '### Bytes allocated',
    allocationTable(lookup),
    '### First invocations, overlap, growth, memory',
    besidesTable(lookup),
    ...(hasColdStarts ? ['### Cold starts', coldTable(lookup)] : []),
    '<details>\n<summary>Spread, handler alone and CPU time</summary>',
    detailTable(lookup),
    '</details>',
  ]
}

function wrongAnswers(lookup: Lookup): string[] {
  const reasons = lookup.wrongAnswers().map(({ contestant, scenario, mode, wrong }) => {
    const title = contestants.find(({ id }) => id === contestant)?.title
    return `- ${title}, ${scenario}, ${mode} mode: \`${wrong?.replaceAll('`', "'")}\``
  })
  return reasons.length > 0 ? ['### Wrong answers', [...new Set(reasons)].join('\n')] : []
}
