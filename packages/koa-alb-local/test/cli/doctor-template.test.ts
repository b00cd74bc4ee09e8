import { expect, it } from 'vitest'
import { type Run, run } from '../shared/command.ts'
import { folderWith } from '../shared/folder.ts'

async function doctor(files: Record<string, string>, ...args: string[]): Promise<Run> {
  return run(await folderWith(files), 'doctor', '--template', 'template.yaml', ...args)
}

const functionOf = (name: string, runtime: string): string => `
  ${name}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: ${runtime}
      Handler: index.${name.toLowerCase()}
      Code: code
      Environment: { Variables: { GREETING: hello } }
  ${name}Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt ${name}.Arn }]`
const template = `Resources:${functionOf('Good', 'nodejs24.x')}${functionOf('Bad', 'nodejs24.x')}`
const code = `
const answer = (event, value) => {
  const multi = Boolean(event.multiValueHeaders)
  const type = 'text/plain'
  return { statusCode: 200, body: event.httpMethod === 'HEAD' ? '' : process.env.GREETING,
    [multi ? 'multiValueHeaders' : 'headers']: { 'content-type': multi ? [type] : type, ...value } }
}
exports.good = async (event) => answer(event)
exports.bad = async (event) => ({ ...answer(event), statusCode: '200' })
`

it('examines the functions that a template registers, each by its own handler', async () => {
  const { code: exit, stdout } = await doctor({
    'template.yaml': template,
    'code/index.js': code,
  })
  expect(exit).toBe(1)
  expect(stdout).toContain('error ALB104 Bad: statusCode is "200" (single, multi)\n')
  expect(stdout).not.toContain('Good: statusCode')
  expect(stdout).not.toContain('ALB101')
  expect(stdout).toMatch(/^Good on Node [\d.]+: init phase of \d+ ms$/m)
})

it('gives a function the environment that is declared, and what --env-file says', async () => {
  const file = `exports.good = async () => ({ statusCode: 200, body: process.env.GREETING === 'hi' ? 1 : '' })`
  const { stdout } = await doctor(
    { 'template.yaml': template, 'code/index.js': `${code}${file}`, '.env': 'GREETING=hi' },
    ...['--env-file', '.env'],
  )
  expect(stdout).toContain('error ALB110 Good: body is a number (single, multi)\n')
})

it('says of which function nothing could be asked, and why', async () => {
  const other = `Resources:${functionOf('Good', 'python3.14')}${functionOf('Bad', 'nodejs24.x')}`
  const { code: exit, stdout } = await doctor(
    { 'template.yaml': other, 'code/other.js': '' },
    ...['--fail-level', 'error'],
  )
  expect(exit).toBe(1)
  expect(stdout).toContain('not run: ALB101 to ')
  expect(stdout).toContain('Good: cannot be loaded here: python3.14; Bad: ')
  expect(stdout).toContain('index.js does not exist: has it been built?')
})

const grant = `
  Grant:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Good
      Action: lambda:InvokeFunction
      Principal: elasticloadbalancing.amazonaws.com`

it.each([
  ['a Node function is not built', `Resources:${functionOf('Good', 'nodejs24.x')}${grant}`, 2],
  ['a function needs something else', `Resources:${functionOf('Good', 'python3.14')}${grant}`, 0],
  ['the template has no group of functions', 'Resources: { A: { Type: AWS::S3::Bucket } }', 2],
] as const)('where %s, nothing can be asked', async (_what, text, expected) => {
  const files = { 'template.yaml': text, 'code/other.js': '' }
  const { code: exit, stdout } = await doctor(files, '--fail-level', 'error')
  expect(stdout).toContain('not run: ALB101 to ')
  expect(exit).toBe(expected)
})
