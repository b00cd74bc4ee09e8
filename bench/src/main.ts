import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArguments, usage } from './arguments.ts'
import { cacheFolder } from './bundle.ts'
import { toPage } from './page.ts'
import { run } from './plan/run.ts'
import { toChart } from './render/chart.ts'
import type { Results } from './results.ts'

const docsFolder = fileURLToPath(new URL('../../docs/', import.meta.url))

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
  else if (options.render) await writeDocs(read(join(docsFolder, 'performance.json')))
  else {
    const results = await run(options)
    mkdirSync(cacheFolder, { recursive: true })
    write(join(cacheFolder, 'results.json'), JSON.stringify(results))
    console.log(toPage(results))
    if (options.docs) {
      write(join(docsFolder, 'performance.json'), JSON.stringify(results, rounded))
      await writeDocs(results)
    }
  }
  return 0
}

async function writeDocs(results: Results): Promise<void> {
  write(join(docsFolder, 'performance.md'), toPage(results))
  write(join(docsFolder, 'performance.svg'), await toChart(results))
}

/** Four digits say all that a benchmark knows. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}

function read(path: string): Results {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function write(path: string, content: string): void {
  writeFileSync(path, content.endsWith('\n') ? content : `${content}\n`)
}
