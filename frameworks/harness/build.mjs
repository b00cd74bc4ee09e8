import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const limitMs = 180_000

/** Runs a row's build command, of a package's program and its arguments, on the Node of the run. */
export async function build({ build: command, folder }, node) {
  if (!command) return
  const [program, ...args] = command.split(' ')
  const places = [`${folder}/node_modules`, modules].map((place) => `${place}/.bin/${program}`)
  const script = realpathSync(places.find((place) => existsSync(place)) ?? program)
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  try {
    await promisify(execFile)(node, [script, ...args], { cwd: folder, env, timeout: limitMs })
  } catch (error) {
    throw new Error(`${command} failed: ${error.stdout}${error.stderr}${error.message}`)
  }
}
