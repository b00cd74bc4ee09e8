import { describe, expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const forward = [{ Type: 'forward', TargetGroupArn: 'Api' }]
const web = { Port: 80, Protocol: 'HTTP', DefaultActions: forward }
const api = { TargetType: 'lambda', Targets: [{ Id: 'api' }] }
const code = { Code: '.', Handler: 'lambda.handler' }
const whole = { listeners: { Web: web }, targetGroups: { Api: api }, functions: { api: code } }

/** What is printed when a configuration file with this is refused. */
async function refusal(options: object): Promise<string> {
  const folder = await folderWith({ 'local.json': JSON.stringify({ ...whole, ...options }) })
  const command = start(['--config', 'local.json'], { folder })
  expect(await command.ended).toBe(1)
  return command.output()
}

describe('a configuration file', () => {
  it('is refused with a line for each name that nobody reads', async () => {
    const Api = { ...api, HealthCheckpath: '/up', Colour: 'red' }
    expect(await refusal({ targetGroups: { Api }, listenerRule: {} })).toBe(
      'local.json: targetGroups.Api.HealthCheckpath is no property there; did you mean HealthCheckPath?\n' +
        'local.json: targetGroups.Api.Colour is no property there\n' +
        'local.json: listenerRule is no property there; did you mean listenerRules?',
    )
  })

  it.each([
    [
      'an attribute',
      {
        loadBalancer: {
          LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_second', Value: '1' }],
        },
      },
      'local.json: loadBalancer.LoadBalancerAttributes[0].Key idle_timeout.timeout_second is no attribute there; did you mean idle_timeout.timeout_seconds?',
    ],
    [
      'a condition',
      {
        listenerRules: {
          Only: {
            ListenerArn: 'Web',
            Priority: 1,
            Conditions: [{ Field: 'path-pattern', Value: ['/a'] }],
            Actions: forward,
          },
        },
      },
      'local.json: listenerRules.Only.Conditions[0].Value is no property there; did you mean Values?',
    ],
    [
      'a function',
      { functions: { api: { ...code, TimeOut: 3 } } },
      'local.json: functions.api.TimeOut is no property there; did you mean Timeout?',
    ],
    [
      'rules of a listener',
      { listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: forward, rules: [] } } },
      'local.json: listeners.Web.rules is no property there; did you mean listenerRules at the top of the file?',
    ],
    ['targets', { targets: {} }, 'local.json: targets is of programs; a file has functions'],
  ])('names %s that nobody reads', async (_name, options, expected) => {
    expect(await refusal(options)).toBe(expected)
  })

  it.each([
    [
      'functions',
      { functions: { apj: code } },
      'local.json: targetGroups.Api.Targets[0].Id is "api", which is not in functions (apj); did you mean apj?',
    ],
    [
      'target groups',
      { targetGroups: { Apu: api } },
      'local.json: listeners.Web.DefaultActions[0].TargetGroupArn is "Api", which is no target group here (Apu); did you mean Apu?',
    ],
  ])('lists the %s that exist', async (_name, options, expected) => {
    expect(await refusal(options)).toBe(expected)
  })
})

it('names unknown properties of a template at the start, and serves it', async () => {
  const Listener = { LoadBalancerArn: { Ref: 'Balancer' }, ...web, Prot: 81 }
  const elb = 'AWS::ElasticLoadBalancingV2::'
  const Action = 'lambda:InvokeFunction'
  const Resources = {
    Balancer: { Type: `${elb}LoadBalancer`, Properties: { Subnets: [] } },
    Web: {
      Type: `${elb}Listener`,
      Properties: {
        ...Listener,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Api' } }],
      },
    },
    Api: {
      Type: `${elb}TargetGroup`,
      Properties: { TargetType: 'lambda', Targets: [{ Id: { 'Fn::GetAtt': ['Code', 'Arn'] } }] },
    },
    Code: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: '.', Handler: 'lambda.handler', Runtime: 'nodejs22.x', Memory: 128 },
    },
    May: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action,
        FunctionName: { Ref: 'Code' },
        Principal: 'elasticloadbalancing.amazonaws.com',
      },
    },
  }
  const folder = await folderWith({
    'package.json': '{ "type": "module" }',
    'lambda.js': answering('hello'),
    'template.json': JSON.stringify({ Resources }),
  })
  const command = start(['--template', 'template.json', '--port', '0'], { folder })
  expect(await (await fetch(await command.url())).text()).toBe('hello')
  expect(command.output().match(/.*is no property.*/g)).toEqual([
    'Web.Properties.Prot is no property there; did you mean Port?',
    'Code.Properties.Memory is no property there; did you mean MemorySize?',
  ])
})
