import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

it('counts nothing of the process that started the one it measures', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'koa-alb-bench-'))
  const held = Buffer.alloc(400 * 2 ** 20, 1)
  try {
    const outfile = join(folder, 'peak.cjs')
    const contents = `import { peakBytes } from './src/worker/memory.ts'
      console.log(peakBytes())`
    const resolveDir = fileURLToPath(new URL('..', import.meta.url))
    const stdin = { contents, resolveDir }
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs' })
    const peak = Number(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }))
    expect(peak).toBeGreaterThan(20 * 2 ** 20)
    expect(peak).toBeLessThan(held.length / 2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
