import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BothProtocols } from '../shared/both-protocols.ts'
import { documentRows, requestRows } from './protocol-rows.ts'

it('more than 120 rows go through both protocols', () => {
  expect(requestRows.length + documentRows.length).toBeGreaterThan(200)
})

describe.each(['single', 'multi'] as const)('in %s mode, HTTP/2 is what HTTP/1 is for', (mode) => {
  let both: BothProtocols
  beforeAll(async () => {
    both = await BothProtocols.open(mode)
  })
  afterAll(() => both.close())

  it.each(requestRows)('$what', async ({ method, target, fields, body }) => {
    both.document = { statusCode: 200, body: 'ok' }
    const lines = fields.flatMap(([name, ...values]) => values.map((each) => [name, each] as const))
    const asked = { method, target, lines, body }
    const one = await both.overHttp1(asked)
    expect(one.status).toBeGreaterThan(0)
    expect(await both.overHttp2(asked)).toEqual(one)
  })

  it.each(documentRows)('$what', async ({ method, document, fields }) => {
    const named = Object.fromEntries(
      fields.map(([name, ...values]) => [name, mode === 'multi' ? values : values.at(-1)]),
    )
    const field = mode === 'multi' ? 'multiValueHeaders' : 'headers'
    both.document = { ...document, [field]: named }
    const asked = { method, target: '/', lines: [] }
    const one = await both.overHttp1(asked)
    expect(one.status).toBeGreaterThan(0)
    expect(await both.overHttp2(asked)).toEqual(one)
  })
})
