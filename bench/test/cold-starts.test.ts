import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { coldStarts } from '../src/cold-starts.ts'

const folder = mkdtempSync(join(tmpdir(), 'koa-alb-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

const right = `({ statusCode: 200, isBase64Encoded: false,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"id":42,"name":"Ada Lovelace","roles":["admin","editor"],"active":true}' })`

it('does not start a function again that failed', async () => {
  const found = await startedTimes(2)
  expect(found).toEqual(['right', 'right', 'right', 'right', 'failing', 'failing'])
})

it('ends when the time is over, but not before some starts', async () => {
  expect((await startedTimes(30, 0)).filter((id) => id === 'right')).toHaveLength(10)
})

/** Who was found how often, without and with a compile cache. */
async function startedTimes(count: number, limitMs?: number): Promise<string[]> {
  const functions = new Map([
    ['right', functionOf('right', right)],
    ['failing', functionOf('failing', 'process.exit(1)')],
  ])
  const found: string[] = []
  for await (const [id] of coldStarts(process.execPath, functions, count, limitMs)) found.push(id)
  return found.sort().reverse()
}

function functionOf(name: string, document: string): string {
  const path = join(folder, `${name}.cjs`)
  writeFileSync(path, `exports.handler = async () => ${document}`)
  return path
}
