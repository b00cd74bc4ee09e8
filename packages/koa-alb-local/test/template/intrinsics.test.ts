import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Intrinsics } from '../../src/template/intrinsics.ts'
import { Parameters } from '../../src/template/parameters.ts'
import { readTemplate } from '../../src/template/read-template.ts'
import { withStandIns } from '../../src/template/unknown.ts'
import { folderWith } from '../shared/folder.ts'

const head = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: { Type: String, Default: test }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Size: { Type: Number, Default: 1, AllowedValues: [1, 2] }
  Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /images/one }
  Secret: { Type: String, MinLength: 8 }
  Long: { Type: String, MinLength: 99999999999 }
Mappings:
  Sizes:
    test: { Memory: 256 }
Resources:
  Pool: { Type: 'AWS::Cognito::UserPool' }
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Name: web } }
Conditions:
  IsTest: !Equals [!Ref Stage, test]
  IsLive: !Not [!Condition IsTest]
  Either: !Or [!Condition IsTest, !Condition IsLive]
  Both: !And [!Condition IsTest, !Condition IsLive]
  Round: !Not [!Condition About]
  About: !Or [!Condition Round, !Condition IsTest]
`

async function resolved(
  yaml: string,
  given: Record<string, string> = {},
  imports: Record<string, string> = {},
): Promise<unknown> {
  const file = join(await folderWith({}), 'template.yaml')
  await writeFile(file, `${head}Value: ${yaml}\n`)
  const template = await readTemplate(file)
  const parameters = new Parameters(template, given)
  const intrinsics = new Intrinsics(template, parameters, { imported: (name) => imports[name] })
  return withStandIns(intrinsics.resolve(template.Value))
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
    ['!GetAtt Pool.Arn', 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/Pool'],
    ['!GetAtt Group.TargetGroupFullName', 'targetgroup/web/4b5e57f6eb2f42b9'],
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
    ['!ToJsonString { a: [1, !Ref Stage], b: !Ref AWS::NoValue }', '{"a":[1,"test"]}'],
    ['!Length [a, b, c]', 3],
    ['!Length { Ref: Names }', 2],
    ["!GetAZs ''", ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['!GetAZs eu-west-1', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['!Cidr [10.0.0.0/16, 2, 8]', ['10.0.0.0/24', '10.0.1.0/24']],
    ['!Select [1, !Cidr [2001:db8::/56, 2, 64]]', '2001:db8:0:1::/64'],
    ['!FindInMap [Sizes, live, Memory, { DefaultValue: 128 }]', 128],
    ['!FindInMap [Sizes, !Ref Stage, Memory, { DefaultValue: 128 }]', 256],
    ['!Select [0, [a, !ImportValue Shared]]', 'a'],
    [
      `{ "Fn::ForEach::Each": [Name, [a, b], { "Key\${Name}": !Sub "\${Name}-1" }] }`,
      { Keya: 'a-1', Keyb: 'b-1' },
    ],
    [`{ "Fn::ForEach::Each": [Name, !Ref Names, { "\${Name}": !Ref Name }] }`, { a: 'a', b: 'b' }],
    ['{ "Fn::ForEach::Each": [Name, [a.b], { "Key&{Name}": 1 }] }', { Keyab: 1 }],
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

describe('what depends on something else is not known', () => {
  it.each([
    ["!Select [2, !Split ['-', a-b]]", 'Fn::Select finds nothing at 2 of ["a","b"]'],
    ['!ImportValue Shared', 'Fn::ImportValue Shared (--import Shared=…)'],
    [
      `!Sub "\${Db.Endpoint.Address}:80"`,
      'Fn::GetAtt Db.Endpoint.Address (--import Db.Endpoint.Address=…)',
    ],
    ["!Join ['-', [a, !ImportValue Shared]]", 'Fn::ImportValue Shared (--import Shared=…)'],
    ["'{{resolve:ssm:/db/host}}'", '{{resolve:ssm:/db/host}} (--import ssm:/db/host=…)'],
    ["!Join ['', ['{{resolve:ssm:', '/a', '}}']]", '{{resolve:ssm:/a}} (--import ssm:/a=…)'],
    ['!FindInMap [Sizes, live, Memory]', 'Fn::FindInMap finds nothing at Sizes.live.Memory'],
    ['{ "Fn::Transform": { Name: AWS::Include } }', 'Fn::Transform AWS::Include'],
    ['!Cidr [ten, 1, 8]', 'Fn::Cidr: ten is no network'],
    ['!Cidr [10.0.0.0/8, 999999999, 8]', 'Fn::Cidr: there are no 999999999 networks with 8 bits'],
    ['!Cidr [10.0.0.0/8, 2, 1.5]', 'Fn::Cidr: there are no 2 networks with 1.5 bits'],
    ['!Rot13 a', 'Fn::Rot13 is not known here'],
  ])('%s', async (yaml, reason) => {
    expect(String(await resolved(yaml))).toBe(reason)
  })
})

describe('a value that is given from outside', () => {
  const imports = { Shared: 'table', 'Db.Endpoint.Address': 'localhost', 'ssm:/db/port': '5432' }

  it.each([
    ['!ImportValue Shared', 'table'],
    ["!ImportValue { 'Fn::Join': ['', [Sha, red]] }", 'table'],
    [`!Sub "\${Db.Endpoint.Address}:{{resolve:ssm:/db/port}}"`, 'localhost:5432'],
    ['!GetAtt Db.Endpoint.Address', 'localhost'],
  ])('is that of %s', async (yaml, expected) => {
    expect(await resolved(yaml, {}, imports)).toBe(expected)
  })
})

it('ends where conditions or aliases go round', async () => {
  expect(await resolved('!If [Round, a, b]')).toBe('b')
  await expect(resolved('&round { Again: *round }')).rejects.toThrow(
    '*round stands for what it is in',
  )
})

it('has a stand-in no longer than a parameter may be', async () => {
  expect(await resolved('!Ref Long')).toBe('Long'.padEnd(4096, '-'))
})
