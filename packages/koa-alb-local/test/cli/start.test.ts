import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { answering, start } from '../shared/command-line.ts'
import { folderWith } from '../shared/folder.ts'

const manifest = { 'package.json': '{ "type": "module" }' }

it('serves the export handler of a JavaScript file, a line for each request', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const commandLine = start(['lambda.js', '--port', '0'], { folder })
  const response = await fetch(`${await commandLine.url()}/a?b=1`)
  expect(await response.text()).toBe('hello')
  expect(await commandLine.line(/GET/)).toMatch(
    /^200 {2}GET \/a\?b=1 {2}\d+ ms {2}billed \d+ ms {2}0\.0 % of 1 MB$/,
  )
})

it.each(['module', 'commonjs'])('runs TypeScript of a package of type %s', async (type) => {
  const folder = await folderWith({
    'package.json': JSON.stringify({ type }),
    'src/lambda.ts': `import { text } from './text.ts'
export const handler = async (event: { path: string }) => ({
  statusCode: 200, headers: {}, body: text(event.path),
})`,
    'src/text.ts': "export const text = (path: string): string => path + ' ' + __filename",
  })
  const url = await start(['src/lambda.ts', '--port', '0'], { folder }).url()
  expect(await (await fetch(`${url}/x`)).text()).toBe(`/x ${join(folder, 'src/text.ts')}`)
})

it('shows where TypeScript failed, in its own lines', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.ts': "\nexport const handler = async () => { throw new Error('boom') }\n",
  })
  const commandLine = start(['lambda.ts', '--port', '0'], { folder })
  expect((await fetch(await commandLine.url())).status).toBe(502)
  await commandLine.line(/LambdaUnhandled/)
  await commandLine.line(/lambda\.ts:2:44/)
})

it('gives the function its variables from --env-file, and no others', async () => {
  const folder = await folderWith({
    ...manifest,
    '.env': 'GREETING="good day"\n',
    'lambda.js': `export const handler = async () => ({
  statusCode: 200, headers: {}, body: process.env.GREETING + ' ' + process.env.SECRET,
})`,
  })
  const args = ['lambda.js', '--port', '0', '--env-file', '.env']
  const url = await start(args, { folder, env: { SECRET: 'hidden' } }).url()
  expect(await (await fetch(url)).text()).toBe('good day undefined')
})

it('serves HTTPS with a certificate for localhost', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('secret') })
  const url = await start(['lambda.js', '--port', '0', '--https'], { folder }).url()
  const outgoing = request(url, { rejectUnauthorized: false, agent: false }).end()
  const [response] = await once(outgoing, 'response')
  expect(response.socket.getPeerCertificate().subjectaltname).toContain('DNS:localhost')
  expect(response.statusCode).toBe(200)
})

it("writes ALB's access log to a file", async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const args = ['lambda.js', '--port', '0', '--access-log', 'access.log']
  const commandLine = start(args, { folder })
  await fetch(await commandLine.url())
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  expect(await readFile(join(folder, 'access.log'), 'utf8')).toMatch(
    /^http \S+Z app\/koa-alb-local\/\S+ 127\.0\.0\.1:\d+ - .* "GET http:\/\/127\.0\.0\.1:80\/ HTTP\/1\.1"/,
  )
})

it("writes ALB's logs of connections and health checks to files", async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const options = '--health-check / --connection-log c.log --health-check-log h.log'
  const args = ['lambda.js', '--port', '0', ...options.split(' ')]
  const commandLine = start(args, { folder })
  await fetch(await commandLine.url())
  await commandLine.line(/initial → healthy/)
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  expect(await readFile(join(folder, 'c.log'), 'utf8')).toMatch(
    /^\S+Z 127\.0\.0\.1 \d+ 80 - - - "-" - - - TID_\w+ - app\/koa-alb-local\/\S+ 127\.0\.0\.1\n/,
  )
  expect(await readFile(join(folder, 'h.log'), 'utf8')).toMatch(
    /^lambda \S+Z \d+\.\d{9} arn:aws:lambda:\S+ \S+ PASS 200 - app\/koa-alb-local\/\S+ -\n/,
  )
})

it('says which log cannot be written', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const args = ['lambda.js', '--port', '0', '--connection-log', 'none/c.log']
  const commandLine = start(args, { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain('the connection log cannot be written: ENOENT')
})

it('says that a port is in use and what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = Object(server.address())
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const commandLine = start(['lambda.js', '--port', String(port)], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain(
    `Port ${port} is in use. Stop what listens there, or choose another: --port ${port + 1}`,
  )
})

it.each([
  ['a missing file', 'other.js', /other\.js does not exist: has it been built\?/],
  [
    'a file that is no program',
    'package.json',
    /package\.json is no JavaScript or TypeScript file/,
  ],
  ['a missing export', 'none.js', /none\.js has no export handler, .*; it exports nothing/],
  ['a syntax error', 'syntax.js', /Runtime\.UserCodeSyntaxError: .*\(file:\/\/.*syntax\.js:1\)/],
  ['TypeScript that does not build', 'broken.ts', /broken\.ts:1:23:/],
])('ends with status 1 on %s', async (_name, file, message) => {
  const folder = await folderWith({
    ...manifest,
    'none.js': '',
    'syntax.js': 'export const handler = )',
    'broken.ts': 'export const handler = )',
  })
  const commandLine = start([file, '--port', '0'], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toMatch(message)
})

it('ends with status 2 on wrong arguments', async () => {
  const commandLine = start(['--prot'])
  expect(await commandLine.ended).toBe(2)
  expect(commandLine.output()).toBe(
    "Unknown option '--prot'; did you mean --port?\nkoa-alb-local --help lists the options",
  )
})

it('ends with status 1 when a certificate cannot be read', async () => {
  const commandLine = start(['lambda.js', '--cert', 'none.pem', '--key', 'none.pem'])
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toMatch(/^none\.pem cannot be read: ENOENT/)
})

it.each(['SIGINT', 'SIGTERM'] as const)('answers what is under way on %s', async (signal) => {
  const folder = await folderWith({
    ...manifest,
    'lambda.js': `import { setTimeout } from 'node:timers/promises'
export const handler = async () => {
  console.log('entered')
  await setTimeout(300)
  return { statusCode: 200, headers: {}, body: 'finished' }
}`,
  })
  const commandLine = start(['lambda.js', '--port', '0'], { folder })
  const underWay = fetch(await commandLine.url())
  await commandLine.line(/entered/)
  commandLine.process.kill(signal)
  expect(await (await underWay).text()).toBe('finished')
  expect(await commandLine.ended).toBe(0)
})

it('ends with status 130 on the second signal', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.js':
      "export const handler = () => { console.log('entered'); return new Promise((resolve) => setTimeout(resolve, 20_000)) }",
  })
  const commandLine = start(['lambda.js', '--port', '0'], { folder })
  fetch(await commandLine.url()).catch(() => {})
  await commandLine.line(/entered/)
  const again = setInterval(() => commandLine.process.kill('SIGINT'), 50)
  onTestFinished(() => clearInterval(again))
  expect(await commandLine.ended).toBe(130)
})

it('takes a signal that npm hands on for the same Ctrl-C', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': answering('hello') })
  const commandLine = start(['lambda.js', '--port', '0'], { folder })
  await commandLine.url()
  commandLine.process.kill('SIGINT')
  commandLine.process.kill('SIGTERM')
  expect(await commandLine.ended).toBe(0)
})

it("serves listeners, rules and functions of --config in CloudFormation's shapes", async () => {
  const folder = await folderWith({
    ...manifest,
    'api/lambda.js': answering('api'),
    'local.json': JSON.stringify({
      listeners: {
        Web: {
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      },
      listenerRules: {
        Api: {
          ListenerArn: 'Web',
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
          Actions: [{ Type: 'forward', TargetGroupArn: 'Api' }],
        },
      },
      targetGroups: { Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }] } },
      functions: { api: { Code: 'api', Handler: 'lambda.handler', Timeout: 5 } },
    }),
  })
  const url = await start(['--config', 'local.json', '--port', '0'], { folder }).url()
  expect((await fetch(url)).status).toBe(404)
  expect(await (await fetch(`${url}/api/x`)).text()).toBe('api')
})

it('names the property of a configuration that is refused', async () => {
  const folder = await folderWith({ 'local.json': '{ "listeners": { "Web": { "Port": 0 } } }' })
  const commandLine = start(['--config', 'local.json'], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toMatch(/^local\.json: listeners\.Web\./)
})
