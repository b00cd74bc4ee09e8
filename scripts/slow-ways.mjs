// npm run slow-ways: the adapter's suites with each of its fast ways left out, and with all of them.
// What they give must be the same; a Node that lacks what a fast way needs goes the slow one.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { prepare } from './prepare.mjs'

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
const source = readFileSync(
  new URL('../packages/koa-alb/src/fast-ways.ts', import.meta.url),
  'utf8',
)
const [, type = ''] = /type FastWay =([\s\S]*)/.exec(source) ?? []
const ways = [...type.matchAll(/'([a-z0-9-]+)'/g)].map(([, way]) => way)
if (ways.length === 0) throw new Error('packages/koa-alb/src/fast-ways.ts names no fast way')

const suites = ['packages/koa-alb/', 'test/contract/l', 'test/parity/']

prepare()
for (const without of values.all ? [ways] : [...ways.map((way) => [way]), ways]) {
  console.log(`Without ${without.join(', ')}:`)
  const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
  const env = { ...process.env, KOA_ALB_WITHOUT: without.join(',') }
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...suites], {
    env,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(1)
}
