import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { expect, it, onTestFinished } from 'vitest'

/** The resource types of a template; throws unless it passes the CDK's validation against CloudFormation's schemas. */
function validated(file: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'example-cloudformation-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const templateFile = join(folder, file)
  writeFileSync(templateFile, deployable(file))
  const app = new App({
    outdir: join(folder, 'out'),
    context: { '@aws-cdk/core:strictCfnValidateErrors': true },
  })
  new CfnInclude(new Stack(app, 'Parts'), 'Template', { templateFile })
  const { Resources } = app.synth().getStackByName('Parts').template
  return Object.values<{ Type: string }>(Resources).map(({ Type }) => Type)
}

/** As `aws cloudformation package` and SAM would hand it to CloudFormation, as far as it matters here. */
function deployable(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    .replace('Code: dist', 'Code: { S3Bucket: bucket, S3Key: key }')
    .replaceAll('!Ref Function.Alias', '!GetAtt Function.Arn')
}

it.each([
  [
    'template.yaml',
    [
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::EC2::SecurityGroup',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::ElasticLoadBalancingV2::Listener',
    ],
  ],
  [
    'sam.yaml',
    [
      'AWS::Serverless::Function',
      'AWS::Lambda::Permission',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      'AWS::CloudWatch::Alarm',
    ],
  ],
])(
  '%s is valid',
  (file, types) => {
    expect(validated(file)).toEqual(types)
  },
  180_000,
)
