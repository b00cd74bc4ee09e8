// npm run frameworks: every framework and agent of frameworks/ over app.listen() and over the handler.
//   -- --node <binary>   on another Node line
//   -- --only koa,next   these rows alone
//   -- --docs            writes docs/frameworks.md when all rows pass; otherwise it must be up to date
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installFrameworks } from './frameworks-install.mjs'
import { fail, root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const { values: options } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    only: { type: 'string' },
    docs: { type: 'boolean', default: false },
  },
})
const version = execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim()
const counts = { passed: 0, failed: 0, skipped: 0 }

prepare()
installFrameworks()
const { readRows, runsOn } = await import('../frameworks/harness/rows.mjs')
const { runRow } = await import('../frameworks/harness/run-row.mjs')
const { page } = await import('../frameworks/harness/page.mjs')

const rows = await readRows()
const wanted = options.only?.split(',') ?? rows.map(({ id }) => id)
// Those that are built take longest: first, so that the last one does not run alone.
const queue = rows
  .filter(({ id }) => wanted.includes(id))
  .toSorted((a, b) => Number(Boolean(b.build)) - Number(Boolean(a.build)))
if (queue.length === 0)
  fail(`no row is called ${options.only}; there are ${rows.map(({ id }) => id).join(', ')}`)
await Promise.all(Array.from({ length: availableParallelism() }, work))
if (!options.only) checkPage()
console.log(
  `on Node ${version}: ${counts.passed} rows the same, ${counts.failed} failed, ${counts.skipped} not for this line`,
)
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0)

async function work() {
  for (let row = queue.shift(); row; row = queue.shift()) {
    if (runsOn(row, version)) await run(row)
    else tell('skipped', row, `does not run on Node ${version}, by its own package.json`)
  }
}

async function run(row) {
  const started = performance.now()
  const { exchanges, differences } = await runRow(row, options.node)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (differences.length === 0) tell('passed', row, `${exchanges} exchanges, ${seconds} s`)
  else tell('failed', row, [`${seconds} s`, ...shortened(differences)].join('\n  '))
}

/** One cause may show in every exchange. */
function shortened(differences) {
  if (differences.length <= 6) return differences
  return [...differences.slice(0, 6), `and ${differences.length - 6} more`]
}

function tell(outcome, { id, packages }, text) {
  counts[outcome] += 1
  const version = packages[0]?.version ?? ''
  console.log(`${outcome} ${id} ${version}: ${text}`)
}

function checkPage() {
  const file = join(root, 'docs/frameworks.md')
  const lines = readFileSync(join(root, '.ci/node-versions'), 'utf8').trim().split('\n')
  const text = page(rows, lines)
  if (options.docs && counts.failed === 0) return writeFileSync(file, text)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  counts.failed += 1
  console.log('failed: docs/frameworks.md is not up to date: npm run frameworks -- --docs')
}
