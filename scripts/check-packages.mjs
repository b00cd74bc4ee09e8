// npm run check:packages: publint and attw on every package as it would be published.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

prepare()
const folder = mkdtempSync(join(tmpdir(), 'koa-alb-pack-'))
try {
  const pack = [join(root, 'scripts/pack.mjs'), folder]
  const tarballs = JSON.parse(execFileSync(process.execPath, pack, { encoding: 'utf8' }))
  for (const { filename } of tarballs) {
    check('publint', ['--strict', filename])
    check('attw', ['--format', 'table-flipped', filename])
  }
} finally {
  rmSync(folder, { recursive: true })
}

function check(tool, args) {
  const command = join(root, 'test/node_modules/.bin', tool)
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exitCode = 1
}
