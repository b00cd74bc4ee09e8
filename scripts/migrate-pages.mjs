// npm run migrate:pages [-- --write]: whether docs/migrate has the files of test/migrate/pages as they are,
// and what compare prints of them; --write brings it up to date.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

prepare()
const { pages, textOf, writtenAnew } = await import('../test/migrate/page-blocks.mjs')
const isWritten = process.argv.includes('--write')
const stale = []
for (const page of await pages()) {
  const text = await writtenAnew(page)
  if (text === (await textOf(page))) continue
  stale.push(page)
  if (isWritten) await writeFile(join(root, page), text)
}
const said = isWritten ? 'written' : 'not up to date: npm run migrate:pages -- --write'
console.log(stale.length === 0 ? 'up to date' : `${stale.join(', ')}: ${said}`)
process.exitCode = stale.length > 0 && !isWritten ? 1 : 0
