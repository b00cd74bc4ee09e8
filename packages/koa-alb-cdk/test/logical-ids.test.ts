import { readFileSync } from 'node:fs'
import { Template } from 'aws-cdk-lib/assertions'
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { describe, expect, it } from 'vitest'
import { logicalIds, shapes, twoStacks } from './shapes.ts'

// Written by commit 1d21cde. Another logical id is another resource: CloudFormation would replace it.
const deployed: {
  shapes: Record<string, Record<string, string>[]>
  twoStacks: [Record<string, string>, Record<string, string>]
  outputs: string[]
} = JSON.parse(readFileSync(new URL('fixtures/logical-ids.json', import.meta.url), 'utf8'))

it.each(Object.entries(shapes))('keeps the logical ids of %s', (name, make) => {
  expect(make().map(logicalIds)).toEqual(deployed.shapes[name])
})

it.each(Object.entries(shapes))('synthesizes %s twice alike', (_name, make) => {
  const [once, again] = [make(), make()].map((templates) => templates.map((one) => one.toJSON()))
  expect(again).toEqual(once)
})

describe('with a function of another stack', () => {
  it('moves the alias, and nothing else, to the stack of the function', () => {
    const [functions, service] = twoStacks().map((stack) => logicalIds(Template.fromStack(stack)))
    const { ServiceAlias9BBF7D51, ...others } = deployed.twoStacks[1]
    expect(ServiceAlias9BBF7D51).toBe('AWS::Lambda::Alias')
    expect(service).toEqual(others)
    expect(functions).toEqual({
      ...deployed.twoStacks[0],
      GivenAliaslive469614A3: 'AWS::Lambda::Alias',
    })
  })

  it('synthesizes twice alike', () => {
    const [once, again] = [twoStacks(), twoStacks()].map((stacks) =>
      stacks.map((stack) => Template.fromStack(stack).toJSON()),
    )
    expect(again).toEqual(once)
  })

  it('keeps the exports of the old alias for one deployment by exportValue', () => {
    const [functions, service] = twoStacks({ aliasName: 'served' })
    const given = functions.node.findChild('Given')
    if (!(given instanceof LambdaFunction)) throw new Error('no function')
    functions.exportValue(given.functionName)
    functions.exportValue(given.currentVersion.version)
    expect(service.stackName).toBe('Shop')
    expect(exportsOf(Template.fromStack(functions))).toEqual(
      expect.arrayContaining(deployed.outputs),
    )
  })
})

function exportsOf(template: Template): string[] {
  return Object.values(template.findOutputs('*')).map(({ Export }) => Export.Name)
}
