import { describe, expect, it } from 'vitest'
import { type CommandLine, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const network = `
Resources:
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '404' } }]
Outputs:
  Listener:
    Value: !Ref Listener
    Export: { Name: !Sub '\${AWS::StackName}-listener' }
`

/** Resources that answer \`name\` under \`/name\`, all of whose logical ids are the same. */
function service(name: string, listener: string, more = ''): string {
  return `
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: "exports.handler = async () => ({ statusCode: 200, headers: {}, body: '${name}' })"
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt Function.Arn
      Action: lambda:InvokeFunction
      Principal: elasticloadbalancing.amazonaws.com
      SourceArn: !Ref Group
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt Function.Arn }]
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: ${listener}
      Priority: ${name.length}
      Conditions: [{ Field: path-pattern, Values: [/${name}] }]
      Actions: [{ Type: forward, TargetGroupArn: !Ref Group }]
${more}`
}

const imported = '!ImportValue network-listener'

async function serve(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<CommandLine> {
  return start([...args, '--port', '0'], { folder: await folderWith(files) })
}

async function answers(commandLine: CommandLine, paths: readonly string[]): Promise<string[]> {
  const url = await commandLine.url()
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(url + path)
      return response.ok ? await response.text() : String(response.status)
    }),
  )
}

describe('several templates', () => {
  const files = {
    'network.yaml': network,
    'cart.yaml': service('cart', imported),
    'orders.yaml': service('orders', imported),
  }
  const templates = ['cart', 'orders', 'network'].flatMap((name) => ['--template', `${name}.yaml`])

  it('import what others export, and have the same logical ids', async () => {
    const commandLine = await serve(files, templates)
    expect(await answers(commandLine, ['/cart', '/orders', '/'])).toEqual(['cart', 'orders', '404'])
    expect(await commandLine.line(/^Listening/)).not.toContain('Listener')
    await commandLine.line(/^cart\.Function: loaded/)
  })

  it('have names of their own in front of them', async () => {
    const text = service('cart', '!ImportValue shop-listener')
    const args = ['--template', 'shop=network.yaml', '--template', 'cart.yaml']
    const commandLine = await serve({ ...files, 'cart.yaml': text }, args)
    expect(await answers(commandLine, ['/cart'])).toEqual(['cart'])
    expect(commandLine.output()).not.toContain('is not here')
  })

  it('take a parameter for all that have it, or for one', async () => {
    const parameters = 'Parameters: { Listener: { Type: String } }'
    const other = {
      ...files,
      'cart.yaml': service('cart', '!Ref Listener', parameters),
      'orders.yaml': service('orders', '!Ref Listener', parameters),
    }
    const overrides = ['--parameter-overrides', 'Listener=One', '--parameter-overrides']
    const args = ['--template', 'cart.yaml', '--template', 'orders.yaml', ...overrides]
    const commandLine = await serve(other, [...args, 'orders.Listener=Two'])
    await commandLine.line(/\(One, port 80\)$/)
    await commandLine.line(/\(Two, port 81\)$/)
  })

  it('refuse a parameter that none has', async () => {
    const commandLine = await serve(files, [...templates, '--parameter-overrides', 'Stage=a'])
    expect(await commandLine.ended).toBe(1)
    expect(commandLine.output()).toBe(
      'cart.yaml, orders.yaml, network.yaml: there is no parameter Stage; the templates have none',
    )
  })

  it('may import each other in a circle, which nothing comes of', async () => {
    const outputs = 'Outputs: { Out: { Value: !ImportValue b, Export: { Name: a } } }'
    const text = service('cart', '!ImportValue a', outputs)
    const others = {
      'cart.yaml': text,
      'b.yaml': outputs.replace(/\b([ab])\b/g, (name) => (name === 'a' ? 'b' : 'a')),
    }
    const commandLine = await serve(others, ['--template', 'cart.yaml', '--template', 'b.yaml'])
    expect(await answers(commandLine, ['/cart'])).toEqual(['cart'])
    await commandLine.line(/^Listener . is not here/)
  })
})

describe('nested stacks', () => {
  const parameters = 'Parameters: { ListenerArn: { Type: String } }\n'
  const outputs = 'Outputs: { Group: { Value: !Ref Group } }\n'
  const nested = (properties: string): string => `
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./cart.yaml
      Parameters: { ListenerArn: !Ref Listener }${properties}
`
  const files = { 'cart.yaml': service('cart', '!Ref ListenerArn', parameters + outputs) }
  const beside = (text: string): string => network.replace('Outputs:', `${text}Outputs:`)

  it('have the parameters of the stack around them, which has their outputs', async () => {
    const rule = `
  Other:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Listener
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/other] }]
      Actions: [{ Type: forward, TargetGroupArn: !GetAtt Nested.Outputs.Group }]
`
    const all = { ...files, 'app.yaml': beside(nested('') + rule) }
    const commandLine = await serve(all, ['--template', 'app.yaml'])
    expect(await answers(commandLine, ['/cart', '/other'])).toEqual(['cart', 'cart'])
  })

  it('are not there when their condition does not hold', async () => {
    const text = `${beside(nested('\n    Condition: Never'))}Conditions: { Never: !Equals [a, b] }\n`
    const commandLine = await serve({ ...files, 'app.yaml': text }, ['--template', 'app.yaml'])
    expect(await answers(commandLine, ['/cart'])).toEqual(['404'])
  })

  it('are named when their template is elsewhere', async () => {
    const text = beside(nested('')).replace('./cart.yaml', 'https://s3.amazonaws.com/b/cart.yaml')
    const commandLine = await serve({ 'app.yaml': text }, ['--template', 'app.yaml'])
    await commandLine.line(/^Stack Nested is not on this machine; nothing of it is served$/)
  })

  it('cannot be nested in themselves', async () => {
    const text = beside(nested('').replace('cart.yaml', 'app.yaml'))
    const commandLine = await serve({ 'app.yaml': text }, ['--template', 'app.yaml'])
    expect(await commandLine.ended).toBe(1)
    expect(commandLine.output()).toMatch(/app\.yaml is nested in itself$/)
  })
})

describe('cdk.out', () => {
  const stack = (name: string, properties: object = {}): object => ({
    type: 'aws:cloudformation:stack',
    displayName: `App/${name}`,
    properties: { templateFile: `${name}.template.json`, ...properties },
  })
  const asset = (path: string, objectKey: string): object => ({
    source: { path },
    destinations: { here: { objectKey } },
  })
  const nested = `
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub 'https://s3.\${AWS::Region}.\${AWS::URLSuffix}/assets/abc.json'
      Parameters: { ListenerArn: ${imported} }
`
  const parameters = 'Parameters: { ListenerArn: { Type: String } }\n'
  const files = {
    'cdk.out/manifest.json': JSON.stringify({
      artifacts: {
        Network: stack('Network', { stackName: 'network' }),
        Cart: { ...stack('Cart'), dependencies: ['Network', 'Cart.assets'] },
        'Cart.assets': { type: 'cdk:asset-manifest', properties: { file: 'Cart.assets.json' } },
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
      },
    }),
    'cdk.out/Network.template.json': network,
    'cdk.out/Cart.template.json': service('cart', imported) + nested,
    'cdk.out/Cart.assets.json': JSON.stringify({
      files: { abc: asset('nested.json', 'abc.json') },
    }),
    'cdk.out/nested.json': service('parts', '!Ref ListenerArn', parameters),
    'cdk.out/assembly-Stage/manifest.json': JSON.stringify({
      artifacts: { Orders: stack('Orders', { stackName: 'stage-orders' }) },
    }),
    'cdk.out/assembly-Stage/Orders.template.json': service('orders', imported),
  }
  const paths = ['/cart', '/parts', '/orders']

  it('is served with all of its stacks, nested ones and those of stages', async () => {
    const commandLine = await serve(files, ['--template', 'cdk.out'])
    expect(await answers(commandLine, paths)).toEqual(['cart', 'parts', 'orders'])
  })

  it.each(['Cart', 'App/Cart'])('is served with the stack %s and what it needs', async (name) => {
    const commandLine = await serve(files, ['--template', 'cdk.out', '--stack', name])
    expect(await answers(commandLine, paths)).toEqual(['cart', 'parts', '404'])
  })

  it('refuses a stack that is not there', async () => {
    const commandLine = await serve(files, ['--template', 'cdk.out', '--stack', 'Card'])
    expect(await commandLine.ended).toBe(1)
    expect(commandLine.output()).toBe(
      'cdk.out: there is no stack Card; choose with --stack: network, Cart, stage-orders',
    )
  })
})

it.each([
  ['cdk.out', 'cdk.out: it does not exist: has it been built or synthesized?'],
  ['empty', 'empty: it is a folder without the manifest.json of a cdk.out'],
])('refuses %s in a sentence when there is nothing to read', async (template, expected) => {
  const commandLine = await serve({ 'empty/readme.txt': '' }, ['--template', template])
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output().trim()).toBe(expected)
})
