import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const sources = new URL('packages/koa-alb-local/src/replay/', root)

it('each documented difference leads to a place in the documentation', async () => {
  const files = (await readdir(sources)).filter((name) => name.endsWith('.ts'))
  const text = (
    await Promise.all(files.map((name) => readFile(new URL(name, sources), 'utf8')))
  ).join()
  const pages = [...text.matchAll(/^ {2}page: '(.+?)#(.+?)',$/gm)]
  expect(pages.length).toBeGreaterThan(10)
  for (const [, page = '', anchor = ''] of pages) {
    const heading = anchor.replaceAll('-', ' ')
    const document = (await readFile(new URL(page, root), 'utf8')).toLowerCase()
    const isThere =
      document.includes(`<a id="${anchor}"></a>`) || document.includes(`\n## ${heading}\n`)
    expect(isThere, `${page} has no ${anchor}`).toBe(true)
  }
})
