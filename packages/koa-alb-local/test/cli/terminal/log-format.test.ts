import { expect, it } from 'vitest'
import { type CommandLine, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const code = `export const handler = async ({ path }) => {
  console.log('asked for', path)
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
}
`

/** Two functions behind a rule, asked once. */
async function asked(...args: readonly string[]): Promise<CommandLine> {
  const forward = (name: string) => [{ Type: 'forward', TargetGroupArn: name }]
  const group = (Id: string) => ({ TargetType: 'lambda', Targets: [{ Id }] })
  const functionOf = { Code: '.', Handler: 'lambda.handler' }
  const config = {
    listeners: { Http: { Port: 80, Protocol: 'HTTP', DefaultActions: forward('Web') } },
    listenerRules: {
      Api: {
        ListenerArn: 'Http',
        Priority: 10,
        Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
        Actions: forward('Orders'),
      },
    },
    targetGroups: { Web: group('web'), Orders: group('orders') },
    functions: { web: functionOf, orders: functionOf },
  }
  const files = { 'lambda.mjs': code, 'local.json': JSON.stringify(config) }
  const folder = await folderWith(files)
  const command = start(['--config', 'local.json', '--port', '0', ...args], { folder })
  const url = /http:\/\/[\d.:]+/.exec(await command.line(/Listening on/))?.[0]
  expect(await (await fetch(`${url}/api/1`)).text()).toBe('ok')
  return command
}

it('names rule, target group and function in a line for people', async () => {
  const command = await asked()
  expect(await command.line(/GET/)).toMatch(
    /^200 {2}GET \/api\/1 {2}Api → Orders → orders {2}\d+ ms {2}billed/,
  )
  expect(await command.line(/asked for/)).toBe('orders I│ asked for /api/1')
})

it('prints an object on each line for programs', async () => {
  const command = await asked('--log-format', 'json')
  const request = JSON.parse(await command.line(/"type":"request"/))
  const line = JSON.parse(await command.line(/"type":"line"/))
  expect(request).toMatchObject({
    type: 'request',
    status: 200,
    target: '/api/1',
    rule: 'Api',
    targetGroup: 'Orders',
    function: 'orders',
  })
  expect(line).toMatchObject({ type: 'line', level: 'INFO', function: 'orders' })
  expect(line).toMatchObject({ text: 'asked for /api/1', requestId: request.requestId })
  for (const each of command.output().split('\n')) expect(JSON.parse(each)).toHaveProperty('type')
})

it('prints what a log has in the cloud', async () => {
  const command = await asked('--log-format', 'lambda')
  const id = /START RequestId: (\S+) Version: \$LATEST/.exec(await command.line(/^START/))?.[1]
  expect(await command.line(/asked for/)).toMatch(
    new RegExp(`^\\S+Z\\t${id}\\tINFO\\tasked for /api/1$`),
  )
  expect(await command.line(/^REPORT/)).toMatch(
    new RegExp(
      `^REPORT RequestId: ${id}\\tDuration: \\d+\\.\\d\\d ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB`,
    ),
  )
  await command.line(new RegExp(`^END RequestId: ${id}$`))
})

it.each([
  ['in the log of the cloud', 'lambda', true],
  ['with its request alone for people', 'pretty', false],
])('prints an error of the handler %s', async (_where, format, isInLog) => {
  const files = { 'lambda.mjs': "export const handler = () => { throw new Error('boom') }" }
  const args = ['lambda.mjs', '--port', '0', '--no-watch', '--log-format', format]
  const command = start(args, { folder: await folderWith(files) })
  await fetch(await command.url())
  await command.line(/LambdaUnhandled/)
  expect(command.output().includes('\tERROR\tInvoke Error \t{')).toBe(isInLog)
})
