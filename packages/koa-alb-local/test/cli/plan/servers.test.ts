import { expect, it } from 'vitest'
import { send } from '../../shared/application-load-balancer.ts'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'
import { serve } from '../../shared/servers.ts'
import { permission, resources, startTemplate, webListener } from '../../shared/template.ts'

const template = `${resources}${permission}${webListener('Ecs')}  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Web
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/api/*] }]
      Actions: [{ Type: forward, TargetGroupArn: !Ref Api }]
  Ecs:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 8080
      VpcId: !ImportValue Vpc
      Targets: [{ Id: i-1234567890abcdef0 }]
      TargetGroupAttributes: [{ Key: slow_start.duration_seconds, Value: '30' }]
`
const files = { 'api/lambda.mjs': answering('function') }
const server = (): Promise<string> => serve(({ url }, response) => response.end(`server ${url}`))

it('passes requests on to the server of a group, beside a function', async () => {
  const args = ['--target', `Ecs=${await server()}`]
  const commandLine = await startTemplate(template, files, args)
  const url = await commandLine.url()
  expect((await send(url, { target: '/a' })).body).toBe('server /a')
  expect((await send(url, { target: '/api/a' })).body).toBe('function')
  expect(await commandLine.line(/GET \/a /)).toMatch(
    /^200 {2}GET \/a {2}default → Ecs {2}\d+ ms {2}127\.0\.0\.1:\d+$/,
  )
  expect(commandLine.output()).toContain('Target group Ecs: there is no slow start here')
})

it('answers 503 for a group without a server, and says which option gives one', async () => {
  const commandLine = await startTemplate(template, files)
  expect((await send(await commandLine.url())).status).toBe(503)
  expect(commandLine.output()).toContain(
    'Target group Ecs has targets of type instance, and none here; its requests get 503 (--target Ecs=http://127.0.0.1:4000)',
  )
})

it('takes servers from a file beside the template', async () => {
  const standIns = { 'local.json': JSON.stringify({ servers: { Ecs: [await server()] } }) }
  const args = ['--config', 'local.json']
  const commandLine = await startTemplate(template, { ...files, ...standIns }, args)
  expect((await send(await commandLine.url())).body).toBe('server /')
})

it('takes servers from a configuration file, and from the command line before it', async () => {
  const config = {
    listeners: {
      Web: {
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Ecs' }],
      },
    },
    targetGroups: { Ecs: { TargetType: 'ip' } },
    servers: { Ecs: 'http://127.0.0.1:1' },
  }
  const folder = await folderWith({ 'local.json': JSON.stringify(config) })
  const args = ['--config', 'local.json', '--port', '0', '--target', `Ecs=${await server()}`]
  expect((await send(await start(args, { folder }).url())).body).toBe('server /')
})

it('refuses a server for a group that is not there', async () => {
  const commandLine = await startTemplate(template, files, ['--target', 'Api2=http://127.0.0.1:1'])
  expect(await commandLine.line(/Api2/)).toMatch(
    /servers\.Api2 is no target group here \(.*Ecs.*\)/,
  )
  expect(await commandLine.ended).toBe(1)
})
