import type { Results } from '../results.ts'
import { digits } from './table.ts'

/** Above this a process waited for a core, or for memory, rather than worked. */
const waitingRatio = 1.1

/** What the figures are of, and how far the machine lets one trust them. */
export function introduction(results: Results): string {
  const { startedAt, minutes, quick, machine, versions } = results
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const hurry = quick ? ', **in a hurry (`--quick`)**' : ''
  return [
    'How long `koa-alb` takes beside other ways of running an app behind a load balancer. All figures are of',
    'one run on one machine and are there to be compared with each other: yours will differ, and so will',
    'Lambda. `npm run bench -- --docs` repeats it and writes this page; `--node <binary>`, given once or',
    'more, says on which Node.',
    '',
    `Measured on ${startedAt.slice(0, 10)} in ${digits(minutes)} minutes${hurry} on`,
    `Node ${results.nodes.map(({ version }) => version.replace('v', '')).join(' and ')}:`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB. ${quietness(results)}`,
    `Versions: ${list.join(', ')}.`,
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
