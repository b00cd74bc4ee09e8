import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { adapters } from '../../src/migrate/adapters/adapters.ts'

it.each(adapters)('$page of docs/migrate is about $packages', async ({ page, packages }) => {
  const file = new URL(`../../../../docs/migrate/${page}`, import.meta.url)
  const [name = ''] = packages
  expect(await readFile(file, 'utf8')).toContain(name)
})
