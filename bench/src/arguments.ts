import { parseArgs } from 'node:util'
import { contestantIds } from './contestants/contestants.ts'
import { scenarioIds } from './scenarios/scenarios.ts'

export const usage = `npm run bench -- [options]

  --quick              one short round, single mode: shows that all works, in a few minutes
  --node <binary>      a Node to measure on, repeatable; default: the one that runs this
  --contestant <id>    only these, repeatable: ${contestantIds.join(', ')}
  --scenario <id>      only these, repeatable: ${scenarioIds.join(', ')}
  --warm               no cold starts
  --budget <minutes>   ends in about so many: fewer rounds and starts, shorter warm-ups, as the page says
  --docs               writes docs/performance.md, .svg and .json
  --resume             goes on with the last run where it was ended, as it was asked for then
  --last               prints the page of the last run, also of one that was ended, measures nothing
  --render             writes docs/performance.md and .svg from docs/performance.json, measures nothing
  --help               this text

npm run bench -- --gate <commit> [--node <binary>] [--scenario <id>] [--tolerance <percent>]

  This tree's adapter beside the commit's, in turns on one core, in two to four minutes on a quiet
  machine. Ends with 1 when a scenario takes more than the tolerance longer (default: 5), or is
  answered wrong.
`

/** @throws TypeError or RangeError that names the argument */
export function parseArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      contestant: { type: 'string', multiple: true, default: [...contestantIds] },
      scenario: { type: 'string', multiple: true, default: [...scenarioIds] },
      warm: { type: 'boolean', default: false },
      budget: { type: 'string' },
      docs: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      last: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
      gate: { type: 'string' },
      tolerance: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  })
  const { node: nodes, contestant: contestants, scenario: scenarios, ...rest } = values
  const { budget, gate, tolerance, ...flags } = rest
  checkNames('--contestant', contestants, contestantIds)
  checkNames('--scenario', scenarios, scenarioIds)
  return {
    ...flags,
    nodes,
    contestants,
    scenarios,
    tolerance: toNumber('--tolerance', tolerance),
    ...(budget !== undefined && { budgetMinutes: toNumber('--budget', budget) }),
    ...(gate !== undefined && { gate }),
  }
}

function checkNames(option: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new RangeError(`${option} ${unknown} is none of ${known.join(', ')}`)
}

function toNumber(option: string, text: string): number {
  const value = Number(text)
  if (value > 0) return value
  throw new RangeError(`${option} ${text} is no number above 0`)
}
