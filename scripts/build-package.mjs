// Builds the package in the current folder with plain tsc: dist/esm and dist/cjs, types for both.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
for (const project of ['tsconfig.build.json', 'tsconfig.cjs.json']) {
  const { status, error } = spawnSync('tsc', ['-p', project], { stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(1)
}
// The package says "type": "module"; this folder alone is CommonJS.
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n')
