import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderWith } from './folder.ts'

// What `cdk synth` leaves, of a stack whose function answers with a number of its environment and with
// the text of a file. It waits while there is a file `.wait`.
const synth = `import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
appendFileSync('runs.log', 'begin ')
console.log('synthesizing')
rmSync('cdk.out', { recursive: true, force: true })
mkdirSync('cdk.out/asset.1', { recursive: true })
while (existsSync('.wait')) await setTimeout(20)
const text = readFileSync('lib/text.txt', 'utf8').trim()
if (text === 'broken') throw new Error('the stack is broken')
writeFileSync('cdk.out/asset.1/index.mjs', \`const id = Math.random()
export const handler = async () => ({ statusCode: 200, headers: {}, body: '\${text} ' + id })\`)
const loadBalancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' }
const actions = [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }]
writeFileSync('cdk.out/App.template.json', JSON.stringify({ Resources: {
  Balancer: loadBalancer,
  Web: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {
    LoadBalancerArn: { Ref: 'Balancer' }, Port: 80, Protocol: 'HTTP', DefaultActions: actions } },
  Fn: { Type: 'AWS::Lambda::Function', Properties: {
    Runtime: 'nodejs22.x', Handler: 'index.handler', Code: 'asset.1' } },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {
    TargetType: 'lambda', Targets: [{ Id: { 'Fn::GetAtt': ['Fn', 'Arn'] } }] } },
  Permission: { Type: 'AWS::Lambda::Permission', Properties: {
    FunctionName: { Ref: 'Fn' }, Action: 'lambda:InvokeFunction',
    Principal: 'elasticloadbalancing.amazonaws.com' } },
} }))
const properties = { templateFile: 'App.template.json' }
const artifacts = { App: { type: 'aws:cloudformation:stack', properties } }
writeFileSync('cdk.out/manifest.json', JSON.stringify({ version: '1', artifacts }))
appendFileSync('runs.log', 'end ')
`

/** A CDK app of one stack, for the current test; `node synth.mjs` makes `cdk.out`. */
export async function cdkApp(text: string): Promise<string> {
  const manifest = '{ "type": "module" }'
  return folderWith({ 'package.json': manifest, 'synth.mjs': synth, 'lib/text.txt': text })
}

/** The runs of the command so far: `begin end` for each that has made something. */
export async function runsIn(folder: string): Promise<string> {
  return (await readFile(join(folder, 'runs.log'), 'utf8').catch(() => '')).trim()
}
