import { expect, it } from 'vitest'
import { type CommandLine, start } from '../shared/command-line.ts'
import { folderWith } from '../shared/folder.ts'

const manifest = { 'package.json': '{ "type": "module" }' }

/** A function that answers with these variables, a line for each. */
function showing(...names: readonly string[]): string {
  const lines = names.map((name) => `'${name}=' + process.env.${name}`)
  return `export const handler = async () => ({
  statusCode: 200, headers: {}, body: [${lines.join(', ')}].join(' '),
})`
}

const forwarding = (id: string, Port: number): object => ({
  Port,
  Protocol: 'HTTP',
  DefaultActions: [{ Type: 'forward', TargetGroupArn: id }],
})

const twoFunctions = {
  listeners: { One: forwarding('One', 80), Two: forwarding('Two', 81) },
  targetGroups: {
    One: { TargetType: 'lambda', Targets: [{ Id: 'One' }] },
    Two: { TargetType: 'lambda', Targets: [{ Id: 'Two' }] },
  },
  functions: {
    One: { Handler: 'lambda.handler', Environment: { Variables: { A: 'declared', D: 'd' } } },
    Two: { Handler: 'lambda.handler', FunctionName: 'second' },
  },
}

async function answers(commandLine: CommandLine): Promise<string[]> {
  const urls = await Promise.all(
    ['One', 'Two'].map(async (name) => {
      const line = await commandLine.line(new RegExp(`Listening on .*\\(${name},`))
      return line.replace(/^Listening on (\S+).*/, '$1')
    }),
  )
  return Promise.all(urls.map(async (url) => (await fetch(url)).text()))
}

it('gives variables to every function and to one, over files and what is declared', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.js': showing('A', 'B', 'C', 'D'),
    'all.env': 'A=file\nB=file\nC="a file"',
    'two.env': 'B=own',
    'local.json': JSON.stringify(twoFunctions),
  })
  const options = '--env-file all.env --fn-env-file second=two.env --env A=all --env One.C=c'
  const args = ['--config', 'local.json', '--port', '0', ...options.split(' ')]
  expect(await answers(start(args, { folder }))).toEqual([
    'A=all B=file C=c D=d',
    'A=all B=own C=a file D=undefined',
  ])
})

it('takes variables of a configuration file, below those of the command line', async () => {
  const env = { A: 'all', 'One.C': 'c', B: 'text' }
  const folder = await folderWith({
    ...manifest,
    'lambda.js': showing('A', 'B', 'C', 'D'),
    'all.env': 'B=file\nD=file',
    'two.env': 'D=own',
    'local.json': JSON.stringify({ ...twoFunctions, env, envFiles: ['all.env', 'second=two.env'] }),
  })
  const args = ['--config', 'local.json', '--port', '0', '--env', 'B=given']
  expect(await answers(start(args, { folder }))).toEqual([
    'A=all B=given C=c D=file',
    'A=all B=given C=undefined D=own',
  ])
})

it.each([
  [{ env: { 'A-B': '1' } }, 'local.json: env takes KEY=value or Function.KEY=value, got A-B=1'],
  [{ env: { _HANDLER: '1' } }, 'local.json: env: _HANDLER is set by Lambda itself'],
  [
    { env: { 'Three.A': '1' } },
    'local.json: env: there is no function Three; there is One, Two, second',
  ],
  [
    { envFiles: ['none.env'] },
    /^local\.json: envFiles \S+none\.env cannot be read: there is no such file$/,
  ],
  [{ env: ['A=1'] }, 'local.json: env is ["A=1"], must be an object'],
])('refuses in a configuration file: %j', async (given, message) => {
  const file = JSON.stringify({ ...twoFunctions, ...given })
  const folder = await folderWith({ ...manifest, 'lambda.js': showing('A'), 'local.json': file })
  const commandLine = start(['--config', 'local.json', '--port', '0'], { folder })
  expect(await commandLine.ended).toBe(1)
  if (typeof message === 'string') expect(commandLine.output()).toBe(message)
  else expect(commandLine.output()).toMatch(message)
})

it.each([
  [['--env', 'Three.A=1'], '--env: there is no function Three; there is One, Two, second'],
  [
    ['--fn-env-file', 'Three=.env'],
    '--fn-env-file: there is no function Three; there is One, Two, second',
  ],
  [
    ['--fn-env-file', 'One=none.env'],
    '--fn-env-file none.env cannot be read: there is no such file',
  ],
  [['--env-file', 'taken.env'], '--env-file taken.env: _HANDLER is set by Lambda itself'],
])('refuses %s with a sentence', async (options, sentence) => {
  const folder = await folderWith({
    ...manifest,
    'lambda.js': showing('A'),
    '.env': '',
    'taken.env': '_HANDLER=x',
    'local.json': JSON.stringify(twoFunctions),
  })
  const commandLine = start(['--config', 'local.json', '--port', '0', ...options], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toBe(sentence)
})

const template = {
  Resources: {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
    Group: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      DependsOn: 'Permission',
      Properties: {
        TargetType: 'lambda',
        Targets: [{ Id: { 'Fn::GetAtt': ['Api', 'Arn'] } }],
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Api', 'Arn'] },
        Principal: 'elasticloadbalancing.amazonaws.com',
      },
    },
    Api: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: '.',
        Handler: 'lambda.handler',
        Runtime: 'nodejs22.x',
        Environment: {
          Variables: {
            A: '{{resolve:ssm:/stage}}',
            B: { 'Fn::ImportValue': 'Table' },
            C: 'declared',
          },
        },
      },
    },
  },
}

it('takes what is given for values that a template leaves unknown', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.js': showing('A', 'B', 'C'),
    'b.env': 'B=file',
    'template.json': JSON.stringify(template),
  })
  const options = ['--env', 'Api.A=given', '--fn-env-file', 'Api=b.env']
  const commandLine = start(['--template', 'template.json', '--port', '0', ...options], { folder })
  const url = await commandLine.url()
  expect(await (await fetch(url)).text()).toBe('A=given B=file C=declared')
})

it.each([
  ['lambda.js', '--no-watch'],
  ['lambda.ts', '--no-watch'],
  ['lambda.js', '--watch'],
])('says what %s reads and does not see, with %s', async (file, watch) => {
  const folder = await folderWith({ ...manifest, [file]: showing('STAGE', 'TABLE', 'PATH') })
  const env = { STAGE: 'test', TABLE: 't', OTHER: 'o' }
  const commandLine = start([file, '--port', '0', '--env', 'TABLE=x', watch], { folder, env })
  expect(await commandLine.line(/reads/)).toBe(
    'koa-alb-local: reads STAGE of the environment, which this shell has and a function does not see; to pass it on: --env STAGE="$STAGE"',
  )
  expect(await (await fetch(await commandLine.url())).text()).toMatch(/^STAGE=undefined TABLE=x/)
})

it('names the function whose variable it is where there are several', async () => {
  const text = JSON.stringify(twoFunctions)
  const folder = await folderWith({
    ...manifest,
    'lambda.js': showing('STAGE'),
    'local.json': text,
  })
  const args = ['--config', 'local.json', '--port', '0']
  const commandLine = start(args, { folder, env: { STAGE: 'test' } })
  expect(await commandLine.line(/^One: reads/)).toContain('--env One.STAGE="$STAGE"')
  expect(await commandLine.line(/^second: reads/)).toContain('--env Two.STAGE="$STAGE"')
})

it('listens on the port in PORT', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': showing('PORT') })
  const commandLine = start(['lambda.js'], { folder, env: { PORT: '0' } })
  expect(await (await fetch(await commandLine.url())).text()).toBe('PORT=undefined')
})
