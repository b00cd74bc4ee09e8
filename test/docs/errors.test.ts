import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

it('explains every error code in docs/errors.md, in the order of the union', async () => {
  const documented = (await read('docs/errors.md')).matchAll(/^\| `(ALB_ERR_\w+)`/gm)
  const source = await read('packages/koa-alb/src/errors.ts')
  const union = /type AlbErrorCode =((?:\s*\| '\w+')+)/.exec(source)?.[1] ?? ''
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
  expect(codes).toContain('ALB_ERR_NOT_AN_ALB_EVENT')
  expect([...documented].map(([, code]) => code)).toEqual(codes)
})

it('fills every cell of the table', async () => {
  const rows = (await read('docs/errors.md')).match(/^\| `ALB_ERR.*$/gm) ?? []
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  for (const [first, ...rest] of cells) {
    expect(first).toBe('')
    expect(rest.pop()).toBe('')
    expect(rest).toHaveLength(7)
    expect(rest).not.toContain('')
  }
})

it('lists every code of the construct, in the order of the union, with what to do', async () => {
  const table = (await read('docs/errors.md')).match(/^\| `ALB_CDK.*$/gm) ?? []
  const rows = table.map((row) => row.split('|').map((cell) => cell.trim()))
  const source = await read('packages/koa-alb-cdk/src/errors.ts')
  const union = /type AlbConstructErrorCode =((?:\s*\| '\w+')+)/.exec(source)?.[1] ?? ''
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => `\`${code}\``)
  expect(codes).toContain('`ALB_CDK_ALIAS_TAKEN`')
  expect(rows.map(([, code]) => code)).toEqual(codes)
  for (const row of rows) {
    expect(row).toHaveLength(5)
    expect(row.slice(1, -1)).not.toContain('')
  }
})

function read(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
}
