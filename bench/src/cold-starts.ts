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

/** However little time is left. */
const leastStarts = 5

/**
 * Starts the function of each contestant in turn, without and with a compile cache, `count` times
 * each, or as often as the time allows. One that fails is not started again.
 */
export async function* coldStarts(
  execPath: string,
  functions: ReadonlyMap<string, string>,
  count: number,
  limitMs = Number.POSITIVE_INFINITY,
): AsyncGenerator<[contestant: string, Measurement]> {
  const coldStart = await bundleColdStart()
  const compileCache = mkdtempSync(join(cacheFolder, 'compile-cache-'))
  try {
    for (const cache of [undefined, compileCache]) {
      const begun = performance.now()
      const starting = new Map(functions)
      // One start more: it fills the cache, and the disk's, and does not count.
      for (let start = 0; start <= count; start += 1) {
        if (start > leastStarts && performance.now() - begun > limitMs / 2) break
        for (const [id, path] of starting) {
          const measurement = await measureStart([execPath, coldStart, path], cache)
          if (measurement.wrong) starting.delete(id)
          if (measurement.wrong || start > 0) yield [id, measurement]
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
    const { stdout } = await execute(execPath, [...files, eventText], {
      env,
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
    // What cold-start.ts writes.
    const { payload, ...figures } = JSON.parse(stdout) as ColdStart
    const wrong = await judge(scenario, 'single', payload)
    return { ...key, ...(wrong && { wrong }), figures }
  } catch (error) {
    return { ...key, wrong: `fails: ${error}`, figures: {} }
  }
}
