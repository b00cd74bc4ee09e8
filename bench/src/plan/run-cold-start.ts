import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ColdStart } from '../cold-start.ts'

const execute = promisify(execFile)

/** Starts a function in a new process and waits for its first response. */
export async function runColdStart(
  execPath: string,
  [coldStartPath, functionPath, eventText]: readonly [string, string, string],
  compileCache: string | undefined,
): Promise<ColdStart> {
  const env = { ...process.env }
  delete env.NODE_COMPILE_CACHE
  if (compileCache) env.NODE_COMPILE_CACHE = compileCache
  const { stdout } = await execute(execPath, [coldStartPath, functionPath, eventText], { env })
  return JSON.parse(stdout)
}
