import { accessSync, constants } from 'node:fs'
import { defineConfig } from 'vitest/config'

// The path of a program that some suites start; empty to skip them, but with CI=true they fail then.
function program(variable: string, usual: string): string {
  const path = process.env[variable] ?? usual
  try {
    accessSync(path, constants.X_OK)
  } catch {
    if (process.env.CI === 'true') return path
    console.warn(`Skipping what needs ${path}, which is not there; set ${variable}.`)
    return ''
  }
  return path
}

// Suites run against the sources: each package offers them under this condition. Vitest hands the
// list to Node as `--conditions`, so `import` in it would make `require` load ES modules.
const conditions = ['@koa-alb/source', 'node']

/**
 * The adapter's fast ways that `KOA_ALB_WITHOUT` names, separated by commas, are left out: `npm test`
 * runs its suites so, too. Users have no such switch.
 */
const without = process.env.KOA_ALB_WITHOUT?.split(',') ?? []
const slowWays = {
  name: 'slow-ways',
  transform: (_code: string, id: string) =>
    id.endsWith('/packages/koa-alb/src/fast-ways.ts') && without.length > 0
      ? `export const isTaken = (way) => !${JSON.stringify(without)}.includes(way)`
      : undefined,
}

export default defineConfig({
  plugins: [slowWays],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    env: {
      CHROMIUM_PATH: program('CHROMIUM_PATH', '/usr/bin/chromium'),
      AWS_CLI_PATH: program('AWS_CLI_PATH', '/usr/bin/aws'),
    },
    pool: 'forks',
    // Most suites wait for processes of their own; the default leaves one of two cores unused.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, the default, is short for what another process does while all cores are busy.
    expect: { poll: { timeout: 30_000 } },
  },
})
