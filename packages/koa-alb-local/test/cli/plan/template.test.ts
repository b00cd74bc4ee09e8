import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { files } from '../../shared/archives.ts'
import { answering, type CommandLine, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'
import { permission, resources, startTemplate, webListener } from '../../shared/template.ts'

const template = `${resources}${webListener('Api')}  Table:
    Type: AWS::DynamoDB::Table
  OtherFunction:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: "exports.handler = async () => ({ statusCode: 200, headers: {}, body: 'other' })"
  Other:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt OtherFunction.Arn }]
  Internal:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 8080
      Protocol: HTTP
      DefaultActions:
        - Type: fixed-response
          FixedResponseConfig: { StatusCode: '404' }
  OtherRule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Web
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/other] }]
      Actions: [{ Type: forward, TargetGroupArn: !Ref Other }]
`

const lambda = `export const handler = async (event, context) => ({
  statusCode: 200, headers: {},
  body: [context.functionName, process.env.TABLE, context.memoryLimitInMB].join(' '),
})
`

async function serveTemplate(
  text: string,
  options: readonly string[] = [],
): Promise<{ commandLine: CommandLine; url: string }> {
  const commandLine = await startTemplate(text, { 'api/lambda.mjs': lambda }, options)
  return { commandLine, url: await commandLine.url() }
}

it('serves listeners, rules, target groups and functions as declared', async () => {
  const { commandLine, url } = await serveTemplate(template + permission)
  expect(await (await fetch(url)).text()).toBe('ApiFunction Table 128')
  const line = await commandLine.line(/\(Internal, port 8080\)$/)
  const internal = line.replace(/^Listening on (\S+).*/, '$1')
  expect((await fetch(internal)).status).toBe(404)
})

it('answers 502 LambdaAccessDenied for a function without permission', async () => {
  const { commandLine, url } = await serveTemplate(template + permission)
  expect((await fetch(`${url}/other`)).status).toBe(502)
  await commandLine.line(/^502 {2}GET \/other .* LambdaAccessDenied$/)
})

it('does not take a permission for another target group', async () => {
  const other = permission.replace('SourceArn: !Ref Api', 'SourceArn: !Ref Other')
  const { url } = await serveTemplate(template + other)
  expect((await fetch(url)).status).toBe(502)
})

describe('an alias that is registered', () => {
  const alias = `
  Live:
    Type: AWS::Lambda::Alias
    Properties: { FunctionName: !Ref ApiFunction, FunctionVersion: '1', Name: live }
`
  const registered = template.replace('Id: !GetAtt ApiFunction.Arn', 'Id: !Ref Live')

  it('runs its function, by a permission of its own', async () => {
    const own = permission.replace('!GetAtt ApiFunction.Arn', '!Ref Live')
    const { url } = await serveTemplate(registered + alias + own)
    expect(await (await fetch(url)).text()).toBe('ApiFunction Table 128')
  })

  it('is not covered by a permission of the function', async () => {
    const { url } = await serveTemplate(registered + alias + permission)
    expect((await fetch(url)).status).toBe(502)
  })
})

it('runs an archive that the manifest of cdk.out names', async () => {
  const manifest = {
    artifacts: { Assets: { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } } },
  }
  const asset = {
    source: { path: 'asset.zip', packaging: 'file' },
    destinations: { here: { objectKey: 'abc.zip' } },
  }
  const folder = await folderWith({
    'app.yaml': (template + permission)
      .replace('Code: api', 'Code: { S3Bucket: assets, S3Key: abc.zip }')
      .replace('Handler: lambda.handler', 'Handler: index.handler'),
    'manifest.json': JSON.stringify(manifest),
    'App.assets.json': JSON.stringify({ files: { abc: asset } }),
  })
  await writeFile(join(folder, 'asset.zip'), files, 'base64')
  const options = { folder, env: { TMPDIR: folder } }
  const url = await start(['--template', 'app.yaml', '--port', '0'], options).url()
  expect(await (await fetch(url)).text()).toBe('zipped')
})

it('runs inline code', async () => {
  const other = permission.replaceAll('Api', 'Other')
  const { url } = await serveTemplate(template + other)
  expect(await (await fetch(`${url}/other`)).text()).toBe('other')
})

it('resolves parameters as --parameter-overrides says, and names those without a value', async () => {
  const parameters = 'Parameters: { Table: { Type: String }, Other: { Type: String } }\n'
  const named = template.replace(
    'TABLE: !Ref Table',
    "TABLE: !Join [' ', [!Ref Table, !Ref Other]]",
  )
  const text = parameters + named.replace('  Table:\n    Type: AWS::DynamoDB::Table\n', '')
  const overrides = ['--parameter-overrides', 'Table=desk']
  const { commandLine, url } = await serveTemplate(text + permission, overrides)
  expect(await (await fetch(url)).text()).toBe('ApiFunction desk Other 128')
  expect(await commandLine.line(/^Parameter/)).toBe(
    'Parameter Other has no value here; Other stands for it (--parameter-overrides Other=…)',
  )
})

it.each([
  [
    'an image',
    ['      Runtime: nodejs22.x\n      Handler: lambda.handler\n', '      PackageType: Image\n'],
    'ApiFunction is an image; only nodejs runtimes are served here',
  ],
  [
    'a function of SAM',
    ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
    'ApiFunction is AWS::Serverless::Function; only AWS::Lambda::Function is served here',
  ],
  [
    'of another stack',
    ['Id: !GetAtt ApiFunction.Arn', 'Id: arn:aws:lambda:us-east-1:1:function:far'],
    'arn:aws:lambda:us-east-1:1:function:far is not in the template; only AWS::Lambda::Function is served here',
  ],
])('answers 502 for %s, and serves the rest', async (_name, [found = '', other = ''], detail) => {
  const text = template.replace(found, other) + permission.replaceAll('Api', 'Other')
  const { commandLine, url } = await serveTemplate(text)
  expect(await (await fetch(`${url}/other`)).text()).toBe('other')
  expect((await fetch(url)).status).toBe(502)
  const [name] = detail.split(' is ')
  expect(await commandLine.line(/^Target group/)).toBe(
    `Target group Api: ${detail}; its requests get 502 (--invoke ${name}=http://127.0.0.1:9000 calls it elsewhere)`,
  )
  await commandLine.line(/^502 {2}GET \/ .* LambdaResourceNotFound$/)
})

it('leaves alone what nobody needs and depends on another stack', async () => {
  const far = `
  Far:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs22.x, Handler: a.b, Code: { S3Bucket: !ImportValue Bucket } }
`
  const { url } = await serveTemplate(template + permission + far)
  expect((await fetch(url)).status).toBe(200)
})

it('names what it does not serve once', async () => {
  const loop = "  'Fn::ForEach::Topics': [Name, [a], { TopicOfName: { Type: AWS::SNS::Topic } }]\n"
  const { commandLine } = await serveTemplate(template + permission + loop)
  expect(await commandLine.line(/^Not served/)).toBe(
    'Not served here: AWS::DynamoDB::Table, AWS::SNS::Topic',
  )
})

it.each([
  ['without a load balancer', 'Resources: {}', 'there is no Application Load Balancer in it'],
  [
    'with several load balancers',
    'Resources: { A: &a { Type: AWS::ElasticLoadBalancingV2::LoadBalancer }, B: *a }',
    'there are several load balancers; choose with --load-balancer: A, B',
  ],
  ['that is no YAML', 'Resources: {', 'Flow map'],
])('refuses a template %s', async (_name, text, message) => {
  const folder = await folderWith({ 'app.yaml': text, 'lambda.js': answering('') })
  const commandLine = start(['--template', 'app.yaml'], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain(`app.yaml: ${message}`)
})
