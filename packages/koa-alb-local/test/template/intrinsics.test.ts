import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Intrinsics } from '../../src/template/intrinsics.ts'
import { Parameters } from '../../src/template/parameters.ts'
import { readTemplate } from '../../src/template/read-template.ts'
import { folderWith } from '../shared/folder.ts'

const head = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: { Type: String, Default: test }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Size: { Type: Number, Default: 1, AllowedValues: [1, 2] }
  Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /images/one }
  Secret: { Type: String, MinLength: 8 }
Mappings:
  Sizes:
    test: { Memory: 256 }
Conditions:
  IsTest: !Equals [!Ref Stage, test]
  IsLive: !Not [!Condition IsTest]
  Either: !Or [!Condition IsTest, !Condition IsLive]
  Both: !And [!Condition IsTest, !Condition IsLive]
`

async function resolved(yaml: string, given: Record<string, string> = {}): Promise<unknown> {
  const file = join(await folderWith({}), 'template.yaml')
  await writeFile(file, `${head}Value: ${yaml}\n`)
  const template = await readTemplate(file)
  return new Intrinsics(template, new Parameters(template, given)).resolve(template.Value)
}

describe('resolves', () => {
  it.each([
    ['!Ref Stage', 'test'],
    ['!Ref Names', ['a', 'b']],
    ['!Ref Secret', 'Secret--'],
    ['!Ref Image', '/images/one'],
    ['!Ref Queue', 'Queue'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!GetAtt Function.Arn', 'Function'],
    ['!GetAtt [Balancer, DNSName]', 'Balancer.DNSName'],
    ['{ "Fn::GetAtt": ["Function", "Arn"] }', 'Function'],
    ['{ "Fn::GetAtt": "Balancer.DNSName" }', 'Balancer.DNSName'],
    ['!Base64 ab', 'YWI='],
    ['!Ref AWS::StackName', 'local'],
    ['!Ref AWS::AccountId', '123456789012'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    [`!Sub 'app-\${Stage}-\${AWS::AccountId}-\${!Stage}'`, `app-test-123456789012-\${Stage}`],
    [`!Sub ['\${Own}/\${Function.Arn}', { Own: !Ref Stage }]`, 'test/Function'],
    ["!Join ['-', [a, !Ref Stage]]", 'a-test'],
    ["!Select [1, !Split [',', 'x,y,z']]", 'y'],
    ['!FindInMap [Sizes, !Ref Stage, Memory]', 256],
    ['!If [IsTest, yes it is, no]', 'yes it is'],
    ['!If [IsLive, a, b]', 'b'],
    ['!If [Either, a, b]', 'a'],
    ['!If [Both, a, b]', 'b'],
    ['{ Kept: 1, Left: !Ref AWS::NoValue }', { Kept: 1 }],
    ['[1, !If [IsLive, 2, !Ref AWS::NoValue], 3]', [1, 3]],
  ])('%s', async (yaml, expected) => {
    expect(await resolved(yaml)).toEqual(expected)
  })
})

describe('a parameter', () => {
  it.each([
    ['Stage', { Stage: 'live' }, 'live'],
    ['Names', { Names: 'c,d, e' }, ['c', 'd', 'e']],
    ['Secret', { Secret: 'a=b' }, 'a=b'],
    ['Image', { Image: 'img' }, 'img'],
    ['Size', { Size: '2' }, '2'],
  ])('%s has the value that is given', async (name, given, expected) => {
    expect(await resolved(`!Ref ${name}`, given)).toEqual(expected)
  })

  it('decides about conditions', async () => {
    expect(await resolved('!If [IsLive, a, b]', { Stage: 'live' })).toBe('a')
  })

  it('that is not in the template is refused', async () => {
    await expect(resolved('1', { Stag: 'live' })).rejects.toThrow(
      'there is no parameter Stag; the template has Stage, Names, Size, Image, Secret',
    )
  })

  it('is refused with a value that is not allowed', async () => {
    await expect(resolved('1', { Size: '3' })).rejects.toThrow(
      'parameter Size is 3, must be one of 1, 2',
    )
  })
})

it('names what a list does not have', async () => {
  await expect(resolved("!Select [2, !Split ['-', a-b]]")).rejects.toThrow(
    'Fn::Select finds nothing at 2 of ["a","b"]',
  )
})

it('refuses what depends on another stack', async () => {
  await expect(resolved('!ImportValue Shared')).rejects.toThrow(
    'Fn::ImportValue depends on something outside of the template',
  )
})

it('names what a mapping does not have', async () => {
  await expect(resolved('!FindInMap [Sizes, live, Memory]')).rejects.toThrow(
    'Fn::FindInMap finds nothing at Sizes.live.Memory',
  )
})
