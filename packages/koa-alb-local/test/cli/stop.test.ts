import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { answering, start } from '../shared/command-line.ts'
import { folderWith } from '../shared/folder.ts'
import { resources, webListener } from '../shared/template.ts'

it.each([
  ['HTTP', []],
  ['HTTPS', ['--https']],
])('does not wait for a connection over %s without a request', async (_protocol, tls) => {
  const folder = await folderWith({ 'lambda.mjs': answering('hello') })
  const commandLine = start(['lambda.mjs', '--port', '0', ...tls], { folder })
  const { port } = new URL(await commandLine.url())
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  expect(commandLine.output()).not.toContain('5 s are over')
})

it('ends with 0 when the function has a handler of SIGTERM that ends nothing', async () => {
  const folder = await folderWith({
    'lambda.mjs': `process.on('SIGTERM', () => console.log('closing the pool'))\n${answering('hello')}`,
  })
  const commandLine = start(['lambda.mjs', '--port', '0'], { folder })
  await commandLine.url()
  commandLine.process.kill('SIGINT')
  await commandLine.line(/closing the pool/)
  expect(await commandLine.ended).toBe(0)
})

it('waits 5 seconds for what is under way', async () => {
  const folder = await folderWith({
    'lambda.mjs': "export const handler = () => { console.log('entered'); for (;;); }",
  })
  const commandLine = start(['lambda.mjs', '--port', '0'], { folder })
  fetch(await commandLine.url()).catch(() => {})
  await commandLine.line(/entered/)
  commandLine.process.kill('SIGINT')
  await commandLine.line(/^5 s are over: what is still under way is ended$/)
  expect(await commandLine.ended).toBe(0)
})

it('ends at once while the function is starting', async () => {
  const folder = await folderWith({
    'lambda.mjs': "console.log('starting'); await new Promise(() => setInterval(() => {}, 1000))",
  })
  const commandLine = start(['lambda.mjs', '--port', '0'], { folder })
  await commandLine.line(/starting/)
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  expect(commandLine.output()).not.toContain('INIT_REPORT')
})

it('leaves nothing in the temporary folder, nor of its bundles', async () => {
  const temporary = await folderWith({})
  const folder = await folderWith({
    'package.json': '{}',
    'lambda.ts': answering('hello'),
    'template.yaml': `${resources}
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 204 })' }
  Other:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { TargetType: lambda, Targets: [{ Id: !GetAtt Inline.Arn }] }
${webListener('Other')}`,
  })
  for (const args of [['lambda.ts'], ['--template', 'template.yaml']]) {
    const env = { TMPDIR: temporary }
    const commandLine = start([...args, '--port', '0'], { folder, env })
    await commandLine.url()
    commandLine.process.kill('SIGINT')
    expect(await commandLine.ended).toBe(0)
  }
  expect(await readdir(temporary)).toEqual([])
  expect(await readdir(join(folder, 'node_modules/.cache/koa-alb-local'))).toEqual([])
})
