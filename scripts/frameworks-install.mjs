// Installs frameworks/ from its own lockfile, and koa-alb into it as it would be published.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './pnpm.mjs'

const folder = join(root, 'frameworks')
const modules = join(folder, 'node_modules')

export function installFrameworks() {
  const stamp = join(modules, '.koa-alb-frameworks')
  const inputs = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs) {
    console.error('Installing frameworks …')
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], folder)
    writeFileSync(stamp, inputs)
  }
  unpackAdapter(join(modules, 'koa-alb'))
}

function unpackAdapter(target) {
  const scratch = mkdtempSync(join(tmpdir(), 'koa-alb-frameworks-'))
  try {
    const tarballs = JSON.parse(
      run(process.execPath, [join(root, 'scripts/pack.mjs'), scratch], root),
    )
    const { filename } = tarballs.find(({ name }) => name === 'koa-alb')
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target)
    run('tar', ['-xzf', filename, '-C', target, '--strip-components=1'], root)
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function run(command, args, cwd) {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
