import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArguments, usage } from './arguments.ts'
import { cacheFolder } from './bundle.ts'
import { gate } from './gate/gate.ts'
import { toPage } from './page.ts'
import { toChart } from './render/chart.ts'
import { type Line, type Results, toResults, wholeTasks } from './results.ts'
import { type Options, run } from './run.ts'

const docsFolder = fileURLToPath(new URL('../../docs/', import.meta.url))
const linesPath = join(cacheFolder, 'results.jsonl')

/** The exit code: 0, 1 when the gate is closed, or 2 when the arguments make no sense. */
export async function main(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof parseArguments>
  try {
    options = parseArguments(args)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
  if (options.help) console.log(usage)
  else if (options.gate !== undefined) return gate({ ...options, commit: options.gate })
  else if (options.render) {
    await writeDocs(JSON.parse(readFileSync(join(docsFolder, 'performance.json'), 'utf8')))
  } else {
    if (options.resume) await resume()
    else if (!options.last) await measure(options)
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

/** Each line is written when it is known: a run that is ended keeps what it has. */
async function measure(options: Options): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(linesPath, '')
  await run(options, writeLine)
}

/** What belongs to a task that was not ended is measured again. */
async function resume(): Promise<void> {
  const lines = wholeTasks(readLines())
  writeFileSync(linesPath, '')
  lines.forEach(writeLine)
  const [options] = lines.flatMap((line) => ('run' in line ? line.asked : []))
  if (!options) throw new TypeError('there is no run to go on with')
  await run(options, writeLine, lines)
}

function writeLine(line: Line): void {
  appendFileSync(linesPath, `${JSON.stringify(line)}\n`)
}

/** The last of a killed run may be half a line. */
function readLines(): Line[] {
  const [, ...lines] = readFileSync(linesPath, 'utf8').split('\n').reverse()
  return lines.reverse().map((line) => JSON.parse(line))
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
