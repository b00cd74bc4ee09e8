// Bundles the benchmark, which is TypeScript, for any supported Node, and runs it.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))

await build({
  entryPoints: [path('src/main.ts')],
  outfile: path('.cache/main.mjs'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
})
const { main } = await import('./.cache/main.mjs')
process.exitCode = await main(process.argv.slice(2))
