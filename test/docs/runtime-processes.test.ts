import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const page = new URL('../../docs/local.md', import.meta.url)
const source = new URL('../../packages/koa-alb-local/src/lambda/lambda-target.ts', import.meta.url)

const section = /## Lambda runtime processes\n(.*?)\n## /s

it('lists every option of lambdaTarget, in the order of the type', async () => {
  const code = await readFile(source, 'utf8')
  const members = /interface LambdaTargetOptions {\n(.*?)\n}/s.exec(code)?.[1] ?? ''
  const options = [...members.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
  const [, text = ''] = section.exec(await readFile(page, 'utf8')) ?? []
  const rows = [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(options).toContain('handler')
  expect(rows).toEqual(options)
})

it('names at least one existing test in each statement on runtime processes', async () => {
  const [, text = ''] = section.exec(await readFile(page, 'utf8')) ?? []
  const rows = text.split('\n').filter((line) => line.includes('.test.ts'))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) {
    for (const [, name = '', file = ''] of row.matchAll(/\[([^[\]]+)\]\(([^()]+\.ts)\)/g)) {
      const code = await readFile(new URL(file, page), 'utf8')
      expect(code.includes(name), `${file} has no "${name}"`).toBe(true)
    }
  }
})
