import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLoadBalancer, lambdaTarget } from 'koa-alb-local'
import request from 'supertest'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Assembly, synthesize } from './assembly.ts'

let assembly: Assembly
beforeAll(() => {
  assembly = synthesize({ isJudged: true })
}, 180_000)
afterAll(() => assembly.remove())

it('needs neither account nor look-ups', () => {
  const { missing } = read('manifest.json')
  expect(missing).toBeUndefined()
})

it('passes cdk-nag, with a reason for each exception', () => {
  // Synthesis has thrown if not.
  const metadata: Record<string, { type: string; data: object }[]> = read('PartsDesk.metadata.json')
  const acknowledged = Object.values(metadata)
    .flat()
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.entries(data))
    .filter(([rule]) => rule.includes('AwsSolutions'))
  expect(acknowledged).toEqual([
    [
      'Annotation::AwsSolutions-S1',
      'It holds access logs: logging access to them would only make more of them.',
    ],
    ['Annotation::AwsSolutions-EC23', 'A public site: anyone may connect to its port.'],
    [
      'Annotation::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      'The CDK gives each deployment group this policy, the smaller one of the two for Lambda.',
    ],
  ])
})

it('deploys a bundle that serves the app and its static files in the Lambda runtime', async () => {
  const target = lambdaTarget({
    handler: 'src/lambda.handler',
    taskRoot: assembly.asset,
    environment: { NODE_OPTIONS: '--enable-source-maps' },
    output: () => {},
  })
  onTestFinished(() => target.close())
  const server = createLoadBalancer({ target, multiValueHeaders: true })
  const parts = await request(server).get('/api/parts')
  const logo = await request(server).get('/logo.png')
  expect([parts.status, parts.type]).toEqual([200, 'application/json'])
  expect([logo.status, logo.type, logo.body.length]).toEqual([200, 'image/png', 1923])
})

function read(file: string) {
  return JSON.parse(readFileSync(join(assembly.folder, file), 'utf8'))
}
