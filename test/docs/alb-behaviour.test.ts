import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const page = new URL('../../docs/alb-behaviour.md', import.meta.url)

it('says where each source is', async () => {
  const text = await readFile(page, 'utf8')
  const known = new Set([...text.matchAll(/^\[(.+?)\]: https:/gm)].map(([, name]) => name))
  expect(known).toContain('lambda')
  for (const [row] of text.matchAll(/^\| (?!Statement|---).*/gm)) {
    const [, source = ''] = row.slice(2, -2).split(' | ')
    for (const [, name] of source.matchAll(/\[(.+?)\]/g)) expect(known, row).toContain(name)
  }
})

it('names a source and at least one existing test in each row', async () => {
  const text = await readFile(page, 'utf8')
  const rows = text.split('\n').filter((line) => /^\| (?!Statement|---)/.test(line))
  expect(rows.length).toBeGreaterThan(100)
  for (const row of rows) {
    const [, source = '', tests = ''] = row.slice(2, -2).split(' | ')
    expect(source, row).not.toBe('')
    const named = [...tests.matchAll(/\[(.+?)\]\(([^()]+\.ts)\)/g)]
    expect(named.length, row).toBeGreaterThan(0)
    for (const [, name = '', file = ''] of named) {
      const code = await readFile(new URL(file, page), 'utf8')
      expect(code.includes(name), `${file} has no "${name}"`).toBe(true)
    }
  }
})
