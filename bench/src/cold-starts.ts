import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundleColdStart, cacheFolder } from './bundle.ts'
import { judge } from './judge.ts'
import { toEvent } from './scenarios/event.ts'
import { toScenario } from './scenarios/scenarios.ts'
import type { ColdStart } from './worker/cold-start.ts'
import type { Measurement } from './worker/task.ts'

const execute = promisify(execFile)
const scenario = toScenario('json')
const eventText = JSON.stringify(toEvent(scenario.request, 'single'))

/** Starts the function of each contestant in turn, `count` times, without and with a compile cache. */
export async function* coldStarts(
  execPath: string,
  functions: ReadonlyMap<string, string>,
  count: number,
): AsyncGenerator<[contestant: string, Measurement]> {
  const coldStart = await bundleColdStart()
  const compileCache = mkdtempSync(join(cacheFolder, 'compile-cache-'))
  try {
    for (const cache of [undefined, compileCache]) {
      // One start more: it fills the cache, and the disk's, and does not count.
      for (let start = 0; start <= count; start += 1) {
        for (const [id, path] of functions) {
          const measurement = await measureStart([execPath, coldStart, path], cache)
          if (start > 0) yield [id, measurement]
        }
      }
    }
  } finally {
    rmSync(compileCache, { recursive: true })
  }
}

/** From the start of a new process to its first response. */
async function measureStart(
  [execPath, ...files]: readonly [string, string, string],
  cache: string | undefined,
): Promise<Measurement> {
  const key = { scenario: cache ? 'cold-cached' : 'cold', mode: 'single' } as const
  const env = { ...process.env }
  delete env.NODE_COMPILE_CACHE
  if (cache) env.NODE_COMPILE_CACHE = cache
  try {
    const { stdout } = await execute(execPath, [...files, eventText], { env, timeout: 60_000 })
    // What cold-start.ts writes.
    const { payload, ...figures } = JSON.parse(stdout) as ColdStart
    const wrong = await judge(scenario, 'single', payload)
    return { ...key, ...(wrong && { wrong }), figures }
  } catch (error) {
    return { ...key, wrong: `fails: ${error}`, figures: {} }
  }
}
