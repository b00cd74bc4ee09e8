import { defineConfig } from 'vitest/config'

// Suites run against the sources: each package offers them under this condition. Vitest hands the
// list to Node as `--conditions`, so `import` in it would make `require` load ES modules.
const conditions = ['@koa-alb/source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    pool: 'forks',
    // Most suites wait for processes of their own; the default leaves one of two cores unused.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
