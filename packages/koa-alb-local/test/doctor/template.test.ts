import { join } from 'node:path'
import { expect, it } from 'vitest'
import { templateChecks } from '../../src/doctor/checks/template-checks.ts'
import { judgeTemplate } from '../../src/doctor/template.ts'
import { stackFiles } from '../../src/template/stacks/stack-files.ts'
import { Stacks } from '../../src/template/stacks/stacks.ts'
import { folderWith } from '../shared/folder.ts'
import { failedIn } from './examined.ts'

const good = `
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /aws/lambda/api, RetentionInDays: 30 }
  ApiFunction:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: api
      Runtime: nodejs24.x
      Handler: lambda.handler
      Code: api
      Timeout: 5
  Api:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      HealthCheckEnabled: true
      TargetGroupAttributes: [{ Key: lambda.multi_value_headers.enabled, Value: 'true' }]
      Targets: [{ Id: !GetAtt ApiFunction.Arn }]
  ApiPermission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt ApiFunction.Arn
      Action: lambda:InvokeFunction
      Principal: elasticloadbalancing.amazonaws.com
      SourceArn: !Ref Api
      SourceAccount: !Ref AWS::AccountId
`

const spoilings: Readonly<Record<string, readonly [from: string, to: string]>> = {
  ALB401: ['Action: lambda:InvokeFunction', 'Action: lambda:GetFunction'],
  ALB402: ['      SourceArn: !Ref Api\n', ''],
  ALB403: ['      SourceAccount: !Ref AWS::AccountId\n', ''],
  ALB404: ['HealthCheckEnabled: true', 'HealthCheckEnabled: false'],
  ALB405: ["Value: 'true'", "Value: 'false'"],
  ALB406: ['Timeout: 5', 'Timeout: 901'],
  ALB407: ['nodejs24.x', 'nodejs20.x'],
  ALB408: ['nodejs24.x', 'python3.14'],
  ALB409: [', RetentionInDays: 30', ''],
  ALB410: ['nodejs24.x', 'nodejs26.x'],
}

async function failures(text: string): Promise<readonly string[]> {
  const folder = await folderWith({ 'template.yaml': text })
  const files = await stackFiles([join(folder, 'template.yaml')], [])
  const values = { region: undefined, parameters: {}, imports: {} }
  return failedIn(judgeTemplate((await Stacks.read(files, values)).resources()))
}

it('finds nothing in a template that is as it should be', async () => {
  expect(await failures(good)).toEqual([])
})

it('has a template for each check that fails it', () => {
  expect(Object.keys(spoilings)).toEqual(templateChecks.map(({ code }) => code))
})

it.each(Object.entries(spoilings))('fails %s, and nothing else', async (code, [from, to]) => {
  expect(await failures(good.replace(from, to))).toEqual([code])
})

const policy = (condition: string): string =>
  good.slice(0, good.indexOf('  ApiPermission:')) +
  `  ApiPolicy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt ApiFunction.Arn
      PolicyDocument:
        Statement:
          Effect: Allow
          Principal: { Service: elasticloadbalancing.amazonaws.com }
          Action: lambda:InvokeFunction
          Condition: ${condition}
`

it('wants of a resource policy what it wants of a permission', async () => {
  const account = 'StringEquals: { aws:SourceAccount: !Ref AWS::AccountId }'
  const source = 'ArnLike: { AWS:SourceArn: !Ref Api }'
  expect(await failures(policy(`{ ${account}, ${source} }`))).toEqual([])
  expect(await failures(policy(`{ ${account} }`))).toEqual(['ALB402'])
  expect(await failures(policy(`{ ${source} }`))).toEqual(['ALB403'])
})
