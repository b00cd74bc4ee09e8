import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cacheFolder } from './bundle.ts'
import { contestantIds } from './contestants/contestants.ts'
import { toPage } from './page.ts'
import { toChart } from './render/chart.ts'
import { type Line, type Results, toResults } from './results.ts'
import { type Options, run } from './run.ts'
import { scenarioIds } from './scenarios/scenarios.ts'

const docsFolder = fileURLToPath(new URL('../../docs/', import.meta.url))
const linesPath = join(cacheFolder, 'results.jsonl')

const usage = `npm run bench -- [options]

  --quick              one short round, single mode: shows that all works, in a few minutes
  --node <binary>      a Node to measure on, repeatable; default: the one that runs this
  --contestant <id>    only these, repeatable: ${contestantIds.join(', ')}
  --scenario <id>      only these, repeatable: ${scenarioIds.join(', ')}
  --warm               no cold starts
  --docs               writes docs/performance.md, .svg and .json
  --last               prints the page of the last run, also of one that was ended, measures nothing
  --render             writes docs/performance.md and .svg from docs/performance.json, measures nothing
  --help               this text
`

/** The exit code: 0, or 2 when the arguments make no sense. */
export async function main(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof parseArguments>
  try {
    options = parseArguments(args)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
  if (options.help) console.log(usage)
  else if (options.render) {
    await writeDocs(JSON.parse(readFileSync(join(docsFolder, 'performance.json'), 'utf8')))
  } else {
    if (!options.last) await measure(options)
    const results = toResults(readLines())
    write(join(cacheFolder, 'results.json'), JSON.stringify(results))
    process.stdout.write(toPage(results))
    if (options.docs) {
      write(join(docsFolder, 'performance.json'), JSON.stringify(results, rounded))
      await writeDocs(results)
    }
  }
  return 0
}

/** @throws TypeError or RangeError that names the argument */
function parseArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      contestant: { type: 'string', multiple: true, default: [...contestantIds] },
      scenario: { type: 'string', multiple: true, default: [...scenarioIds] },
      warm: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      last: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { node: nodes, contestant: contestants, scenario: scenarios, ...flags } = values
  checkNames('--contestant', contestants, contestantIds)
  checkNames('--scenario', scenarios, scenarioIds)
  return { ...flags, nodes, contestants, scenarios }
}

function checkNames(option: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new RangeError(`${option} ${unknown} is none of ${known.join(', ')}`)
}

/** Each line is written when it is known: a run that is ended keeps what it has. */
async function measure(options: Options): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(linesPath, '')
  await run(options, (line) => appendFileSync(linesPath, `${JSON.stringify(line)}\n`))
}

function readLines(): Line[] {
  const lines = readFileSync(linesPath, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}

async function writeDocs(results: Results): Promise<void> {
  write(join(docsFolder, 'performance.md'), toPage(results))
  write(join(docsFolder, 'performance.svg'), await toChart(results))
}

/** Four digits say all that a benchmark knows. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}

function write(path: string, content: string): void {
  writeFileSync(path, content.endsWith('\n') ? content : `${content}\n`)
}
