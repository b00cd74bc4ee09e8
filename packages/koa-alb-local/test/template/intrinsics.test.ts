import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Intrinsics } from '../../src/template/intrinsics.ts'
import { readTemplate } from '../../src/template/read-template.ts'
import { folderWith } from '../cli/command-line.ts'

const head = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: { Type: String, Default: test }
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
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

async function resolved(yaml: string): Promise<unknown> {
  const file = join(await folderWith({}), 'template.yaml')
  await writeFile(file, `${head}Value: ${yaml}\n`)
  const template = await readTemplate(file)
  return new Intrinsics(template).resolve(template.Value)
}

describe('resolves', () => {
  it.each([
    ['!Ref Stage', 'test'],
    ['!Ref Names', ['a', 'b']],
    ['!Ref Secret', 'Secret--'],
    ['!Ref Queue', 'Queue'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!GetAtt Function.Arn', 'Function'],
    ['!GetAtt [Balancer, DNSName]', 'Balancer.DNSName'],
    ['{ "Fn::GetAtt": ["Function", "Arn"] }', 'Function'],
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
