import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { endpoint } from '../../shared/endpoint.ts'
import { folderWith } from '../../shared/folder.ts'
import { permission, resources, startTemplate, webListener } from '../../shared/template.ts'

const listener = `${webListener('Api')}  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Web
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/python] }]
      Actions: [{ Type: forward, TargetGroupArn: !Ref Python }]
  PythonFunction:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.13, Handler: app.handler, FunctionName: py, Code: python }
  Python:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt PythonFunction.Arn }]
`
const template = resources + listener + permission + permission.replaceAll('Api', 'Python')
const files = { 'api/lambda.mjs': answering('node') }

/** The URL of an endpoint that knows a function under this name only, and answers with the path. */
function endpointOf(name: string): Promise<string> {
  return endpoint(async (request, response) => {
    if (request.url !== `/2015-03-31/functions/${name}/invocations`) {
      response.writeHead(404).end('404 page not found\n')
      return
    }
    const { path } = JSON.parse(await text(request))
    response.end(JSON.stringify({ statusCode: 200, body: `${name} ${path}` }))
  })
}

it.each([
  ['sam local start-lambda, by its name', 'py'],
  ['sam local start-lambda, by its logical id', 'PythonFunction'],
  ['the Runtime Interface Emulator', 'function'],
])('calls a Python function at %s, beside one in Node', async (_what, name) => {
  const invoke = `PythonFunction=${await endpointOf(name)}`
  const commandLine = await startTemplate(template, files, ['--invoke', invoke])
  const url = await commandLine.url()
  expect(await (await fetch(`${url}/python`)).text()).toBe(`${name} /python`)
  expect(await (await fetch(url)).text()).toBe('node')
  await commandLine.line(/^PythonFunction is invoked at http:/)
})

it('answers 502 for it without an endpoint, and names the option', async () => {
  const commandLine = await startTemplate(template, files)
  expect((await fetch(`${await commandLine.url()}/python`)).status).toBe(502)
  expect(await commandLine.line(/^Target group/)).toBe(
    'Target group Python: PythonFunction is python3.13; only nodejs runtimes are served here; its requests get 502 (--invoke PythonFunction=http://127.0.0.1:9000 calls it elsewhere)',
  )
})

it('calls what is not in the template by the id that is registered', async () => {
  const far = template.replace('Id: !GetAtt PythonFunction.Arn', 'Id: !Ref Far')
  const parameters = 'Parameters: { Far: { Type: String } }\n'
  const options = ['--invoke', `Far=${await endpointOf('Far')}`]
  const url = await (await startTemplate(parameters + far, files, options)).url()
  expect(await (await fetch(`${url}/python`)).text()).toBe('Far /python')
})

it('needs the permission all the same', async () => {
  const options = ['--invoke', `PythonFunction=${await endpointOf('py')}`]
  const commandLine = await startTemplate(resources + listener + permission, files, options)
  expect((await fetch(`${await commandLine.url()}/python`)).status).toBe(502)
  await commandLine.line(/^502 {2}GET \/python .* LambdaAccessDenied$/)
})

it('takes endpoints from the file beside the template', async () => {
  const config = JSON.stringify({ invoke: { PythonFunction: await endpointOf('py') } })
  const all = { ...files, 'local.json': config }
  const url = await (await startTemplate(template, all, ['--config', 'local.json'])).url()
  expect(await (await fetch(`${url}/python`)).text()).toBe('py /python')
})

it('refuses an endpoint for which there is no function', async () => {
  const commandLine = await startTemplate(template, files, ['--invoke', 'Pyton=http://127.0.0.1:9'])
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toBe(
    '--invoke Pyton: no target group has that function; they have ApiFunction, PythonFunction',
  )
})

it('calls functions of a configuration file elsewhere', async () => {
  const config = {
    listeners: {
      Web: {
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Py' }],
      },
    },
    targetGroups: { Py: { TargetType: 'lambda', Targets: [{ Id: 'py' }] } },
    invoke: { py: await endpointOf('py') },
  }
  const folder = await folderWith({ 'local.json': JSON.stringify(config) })
  const url = await start(['--config', 'local.json', '--port', '0'], { folder }).url()
  expect(await (await fetch(`${url}/a`)).text()).toBe('py /a')
})
