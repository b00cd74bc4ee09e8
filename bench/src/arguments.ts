import { parseArgs } from 'node:util'
import { contestantIds } from './contestants/contestants.ts'
import { scenarioIds } from './scenarios/scenarios.ts'

export const usage = `npm run bench -- [options]

  --quick              one short round, single mode: shows that all works, in a few minutes
  --node <binary>      a Node to measure on, repeatable; default: the one that runs this
  --contestant <id>    only these, repeatable: ${contestantIds.join(', ')}
  --scenario <id>      only these, repeatable: ${scenarioIds.join(', ')}
  --warm               no cold starts
  --docs               writes docs/performance.md, .svg and .json
  --render             writes docs/performance.md and .svg from docs/performance.json, measures nothing
  --help               this text
`

export interface Options {
  readonly quick: boolean
  readonly nodes: readonly string[]
  readonly contestants: readonly string[]
  readonly scenarios: readonly string[]
  readonly warm: boolean
  readonly docs: boolean
  readonly render: boolean
  readonly help: boolean
}

/** @throws TypeError or RangeError that names the argument */
export function parseArguments(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      contestant: { type: 'string', multiple: true, default: [...contestantIds] },
      scenario: { type: 'string', multiple: true, default: [...scenarioIds] },
      warm: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { node, contestant, scenario, ...flags } = values
  checkNames('--contestant', contestant, contestantIds)
  checkNames('--scenario', scenario, scenarioIds)
  return { ...flags, nodes: node, contestants: contestant, scenarios: scenario }
}

function checkNames(option: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new RangeError(`${option} ${unknown} is none of ${known.join(', ')}`)
}
