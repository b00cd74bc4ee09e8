// Runs pnpm in the exact version that package.json names: npm and npx are all a machine needs.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The standard output of pnpm with these arguments; prints nothing unless pnpm fails. */
export function pnpm(args) {
  const command = ['--yes', manifest.packageManager, ...args]
  const { status, stdout, stderr, error } = spawnSync('npx', command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    // Without a terminal pnpm would stop to ask before it replaces node_modules; CI means yes.
    env: { ...process.env, CI: 'true' },
  })
  if (status === 0) return stdout
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  return fail(`npx ${command.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`)
}

export function fail(message) {
  console.error(message)
  process.exit(1)
}
