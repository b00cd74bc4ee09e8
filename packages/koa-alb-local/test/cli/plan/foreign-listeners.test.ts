import { once } from 'node:events'
import { request } from 'node:https'
import { describe, expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'
import { permission, resources, startTemplate } from '../../shared/template.ts'

const arn =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2'
const parameters = 'Parameters: { SharedListener: { Type: String } }\n'
const withoutBalancer = resources.replace(/ {2}Balancer:[\s\S]*? {2}ApiFunction:/, '  ApiFunction:')
const files = { 'api/lambda.mjs': answering('api') }

function ruleOn(listener: string, action = ''): string {
  return `
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: ${listener}
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/api/*] }]
      Actions: [${action}{ Type: forward, TargetGroupArn: !Ref Api, Order: 9 }]
${permission}`
}

const onParameter = parameters + withoutBalancer + ruleOn('!Ref SharedListener')

it('serves rules on a listener from a parameter, and 404 for all else', async () => {
  const commandLine = await startTemplate(onParameter, files)
  const url = await commandLine.url()
  expect(await (await fetch(`${url}/api/a`)).text()).toBe('api')
  expect((await fetch(`${url}/other`)).status).toBe(404)
  expect(await commandLine.line(/^Listener /)).toBe(
    'Listener SharedListener is not here: HTTP on port 80 stands for it, with 404 for all but its rules (--listener SharedListener=443,https)',
  )
  expect(commandLine.output()).not.toContain('Parameter SharedListener')
})

it.each([
  ['the load balancer of its ARN', 'shop'],
  ['its ARN', arn],
])('takes its port and protocol by %s', async (_what, name) => {
  const options = ['--listener', `${name}=8443,https`]
  const commandLine = await startTemplate(withoutBalancer + ruleOn(arn), files, options)
  const url = `${await commandLine.url()}/api/a`
  const outgoing = request(url, { rejectUnauthorized: false, agent: false }).end()
  const [response] = await once(outgoing, 'response')
  expect(response.statusCode).toBe(200)
  await commandLine.line(/^Listener shop is not here: HTTPS on port 8443 stands for it$/)
})

it('takes them by the parameter that has the ARN', async () => {
  const options = [
    '--parameter-overrides',
    `SharedListener=${arn}`,
    '--listener',
    'SharedListener=81',
  ]
  const commandLine = await startTemplate(onParameter, files, options)
  await commandLine.line(/^Listener shop is not here: HTTP on port 81 stands for it$/)
})

it('is HTTPS where the rules need it', async () => {
  const jwt = "{ JwksEndpoint: 'https://idp.example/keys', Issuer: 'https://idp.example' }"
  const action = `{ Type: jwt-validation, Order: 1, JwtValidationConfig: ${jwt} }, `
  const config = JSON.stringify({ keySets: { 'https://idp.example/keys': { keys: [] } } })
  const text = parameters + withoutBalancer + ruleOn('!Ref SharedListener', action)
  const options = ['--config', 'local.json', '--no-tls']
  const commandLine = await startTemplate(text, { ...files, 'local.json': config }, options)
  expect((await fetch(`${await commandLine.url()}/api/a`)).status).toBe(401)
  await commandLine.line(/^Listener SharedListener is not here: HTTPS on port 443/)
})

it('keeps apart several listeners outside', async () => {
  const second = ruleOn('!Ref Second').replace('  Rule:', '  SecondRule:').replace(permission, '')
  const text =
    onParameter.replace('Parameters: {', 'Parameters: { Second: { Type: String },') + second
  const commandLine = await startTemplate(text, files)
  await commandLine.line(/\(SharedListener, port 80\)$/)
  await commandLine.line(/\(Second, port 81\)$/)
})

it('serves listeners on a load balancer from outside', async () => {
  const listener = `
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref SharedBalancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Api }]
`
  const text = `Parameters: { SharedBalancer: { Type: String } }${withoutBalancer}${listener}`
  const commandLine = await startTemplate(text + permission, files)
  expect(await (await fetch(await commandLine.url())).text()).toBe('api')
})

it('serves the load balancer of the template beside listeners of one outside', async () => {
  const listener = (id: string, balancer: string, body: string): string => `
  ${id}:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: ${balancer}
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: fixed-response
          FixedResponseConfig: { StatusCode: '200', ContentType: text/plain, MessageBody: ${body} }
`
  const text = `${resources}${listener('Web', '!Ref Balancer', 'own')}`
  const both = text + listener('Other', '!ImportValue shared', 'shared')
  const commandLine = await startTemplate(both, files)
  expect(await (await fetch(await commandLine.url())).text()).toBe('own')
  await commandLine.line(/^Listeners of load balancer shared are not served/)
  const chosen = await startTemplate(both, files, ['--load-balancer', 'shared'])
  expect(await (await fetch(await chosen.url())).text()).toBe('shared')
})

it('takes a whole listener from the file beside the template', async () => {
  const SharedListener = {
    DefaultActions: [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'else' },
      },
    ],
  }
  const config = JSON.stringify({ listeners: { SharedListener } })
  const all = { ...files, 'local.json': config }
  const url = await (await startTemplate(onParameter, all, ['--config', 'local.json'])).url()
  expect(await (await fetch(`${url}/other`)).text()).toBe('else')
})

it('refuses a listener that no rule is on', async () => {
  const commandLine = await startTemplate(onParameter, files, ['--listener', 'Sharde=81'])
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toBe(
    '--listener Sharde: no rule is on such a listener outside; there is SharedListener',
  )
})

describe('in a configuration file', () => {
  const config = {
    listenerRules: {
      Api: {
        ListenerArn: arn,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
        Actions: [{ Type: 'forward', TargetGroupArn: 'Api' }],
      },
    },
    targetGroups: { Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }] } },
    functions: { api: { Code: 'api', Handler: 'lambda.handler' } },
  }

  it('serves rules on the ARN of a listener', async () => {
    const folder = await folderWith({ ...files, 'local.json': JSON.stringify(config) })
    const commandLine = start(['--config', 'local.json', '--port', '0'], { folder })
    const url = await commandLine.url()
    expect(await (await fetch(`${url}/api/a`)).text()).toBe('api')
    expect((await fetch(url)).status).toBe(404)
    await commandLine.line(/^Listener shop is not here/)
  })

  it('refuses a name that is no listener there', async () => {
    const text = JSON.stringify(config).replace(arn, 'Web')
    const folder = await folderWith({ ...files, 'local.json': text })
    const commandLine = start(['--config', 'local.json', '--port', '0'], { folder })
    expect(await commandLine.ended).toBe(1)
  })
})
