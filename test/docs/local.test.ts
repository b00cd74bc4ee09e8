import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { functionShape } from '../../packages/koa-alb-local/src/cli/plan/file-shape.ts'
import { resourceShapes } from '../../packages/koa-alb-local/src/configuration/known-properties.ts'
import {
  servedProperties,
  servedRows,
} from '../../packages/koa-alb-local/src/template/served-properties.ts'

it('explains every configuration error in docs/local.md, in the order of the union', async () => {
  const documented = (await read('docs/local.md')).matchAll(
    /^\| `(ALB_ERR_\w+)` \| \S.* \| \S.* \|$/gm,
  )
  const source = await read('packages/koa-alb-local/src/properties/configuration-error.ts')
  const union = /type ConfigurationErrorCode =((?:\s*\| '\w+')+)/.exec(source)?.[1] ?? ''
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
  expect(codes).toContain('ALB_ERR_CONFLICT')
  expect([...documented].map(([, code]) => code)).toEqual(codes)
})

it('quotes its code from files of examples/, word for word', async () => {
  const text = await read('docs/local.md')
  const quotes = [...text.matchAll(/<!-- (examples\/\S+) -->\n```[tj]s\n(.*?)```/gs)]
  expect(quotes).toHaveLength([...text.matchAll(/```[tj]s\n/g)].length)
  for (const [, file = '', code] of quotes) expect(code).toBe(await read(file))
})

it('quotes the launch.json of the example', async () => {
  const [, file = '', quoted] =
    /<!-- (examples\/\S+launch\.json) -->\n```json\n(.*?)```/s.exec(await read('docs/local.md')) ??
    []
  expect(quoted).toBe(await read(file))
})

it('lists every option of createApplicationLoadBalancer, in the order of the type', async () => {
  const source = await read('packages/koa-alb-local/src/configuration/configuration.ts')
  const members = /interface ApplicationLoadBalancerOptions {\n(.*?)\n}/s.exec(source)?.[1] ?? ''
  const options = [...members.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
  const table = /\n\| Option \|.*?\n\n/s.exec(await read('docs/local.md'))?.[0] ?? ''
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(options.length).toBeGreaterThan(10)
  expect(rows).toEqual(options)
})

it('has a row for each property that a template may hold, as the code has it', async () => {
  const text = await read('docs/local.md')
  const rows = [...text.matchAll(/^\| `AWS::\w+::\w+` \| `\w+` \| .*$/gm)].map(([row]) => row)
  expect(rows).toEqual(servedRows())
})

it('knows the same properties there as where wrong names are told', () => {
  const shapes = { ...resourceShapes, 'AWS::Lambda::Function': functionShape }
  for (const [name, shape] of Object.entries(shapes)) {
    const type = name.startsWith('AWS::') ? name : `AWS::ElasticLoadBalancingV2::${name}`
    expect(Object.keys(servedProperties[type] ?? {}).sort(), type).toEqual(
      Object.keys(shape).sort(),
    )
  }
})

function read(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
}
