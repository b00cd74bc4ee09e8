import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { functionShape } from '../../src/cli/plan/file-shape.ts'
import { resourceShapes } from '../../src/configuration/known-properties.ts'

const library = '../../../koa-alb-cdk/node_modules/aws-cdk-lib/'

async function declared(file: string, type: string): Promise<string[]> {
  const text = await readFile(new URL(`${library}${file}.d.ts`, import.meta.url), 'utf8')
  const body = new RegExp(`\\n *(?:export )?interface ${type} \\{(.*?)\\n\\}`, 's').exec(text)?.[1]
  return [...(body ?? '').matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, name = '']) => {
    return name.charAt(0).toUpperCase() + name.slice(1)
  })
}

it.each(Object.entries(resourceShapes))('knows every property of a %s', async (name, shape) => {
  const file = 'aws-elasticloadbalancingv2/lib/elasticloadbalancingv2.generated'
  const names = await declared(file, `Cfn${name}Props`)
  expect(names.length).toBeGreaterThan(1)
  expect(Object.keys(shape).sort()).toEqual(names.sort())
})

it('knows every property of a function', async () => {
  const names = await declared('aws-lambda/lib/lambda.generated', 'CfnFunctionProps')
  expect(Object.keys(functionShape).sort()).toEqual(names.sort())
})
