import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleColdStart, bundleFunction, cacheFolder } from '../bundle.ts'
import type { Contestant } from '../contestants/contestants.ts'
import { judge } from '../judge.ts'
import { toEvent } from '../scenarios/event.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import type { Collection } from './collection.ts'
import { runColdStart } from './run-cold-start.ts'

/** Starts the functions of all contestants in turn, `count` times. */
export async function measureColdStarts(
  execPath: string,
  contestants: readonly Contestant[],
  count: number,
  collection: Collection,
): Promise<void> {
  const coldStart = await bundleColdStart()
  const functions = new Map<string, string>()
  for (const one of contestants) functions.set(one.id, await bundleFunction(one))
  const eventText = JSON.stringify(toEvent(toScenario('json').request, 'single'))
  mkdirSync(cacheFolder, { recursive: true })
  const compileCache = mkdtempSync(join(cacheFolder, 'compile-cache-'))
  try {
    for (const cache of [undefined, compileCache]) {
      // One start more: it fills the cache, and the disk's, and does not count.
      for (let start = 0; start <= count; start += 1) {
        for (const [id, path] of functions) {
          const files = [coldStart, path, eventText] as const
          const measurement = await measureStart(execPath, files, cache)
          if (start > 0) collection.add(id, measurement)
        }
      }
    }
  } finally {
    rmSync(compileCache, { recursive: true })
  }
}

async function measureStart(
  execPath: string,
  files: readonly [string, string, string],
  cache: string | undefined,
): Promise<Parameters<Collection['add']>[1]> {
  const { payload, ...start } = await runColdStart(execPath, files, cache)
  const wrong = await judge(toScenario('json'), 'single', payload)
  const scenario = cache ? 'cold-cached' : 'cold'
  const figures = Object.fromEntries(Object.entries(start).map(([name, ms]) => [name, [ms]]))
  return { scenario, mode: 'single', ...(wrong && { wrong }), figures }
}
