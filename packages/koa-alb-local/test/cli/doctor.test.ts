import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type Run, run } from '../shared/command.ts'
import { endpoint } from '../shared/endpoint.ts'
import { folderWith } from '../shared/folder.ts'
import { resources } from '../shared/template.ts'

async function doctor(
  source: string,
  ...args: string[]
): Promise<Run & { readonly folder: string }> {
  const folder = await folderWith({ 'lambda.mjs': source })
  return { ...(await run(folder, 'doctor', 'lambda.mjs', ...args)), folder }
}

const answering = (rest: string): string => `export const handler = async (event) => {
  const multi = Boolean(event.multiValueHeaders)
  const document = { statusCode: 200, body: event.httpMethod === 'HEAD' ? '' : 'a', [multi ? 'multiValueHeaders' : 'headers']: {
    'content-type': multi ? ['text/plain'] : 'text/plain' } }
  ${rest}
  return document
}`

it('finds nothing in a handler that is as it should be', async () => {
  const { code, stdout } = await doctor(answering(''))
  expect(code).toBe(0)
  expect(stdout).toMatch(/\nlambda\.mjs on Node [\d.]+: 34 checks passed, 0 failed, 45 not run\n$/)
})

it('says in a line what is wrong, in which mode, what to do and where that is explained', async () => {
  const spoilt = "if (multi) document.multiValueHeaders['content-length'] = [1]"
  const { code, stdout, folder } = await doctor(answering(spoilt))
  expect(code).toBe(1)
  const [line, seen, remedy, page] = stdout.split('\n')
  expect(line).toBe('error ALB107 header value is a number: content-length (multi)')
  expect(seen).toBe('    seen with GET / and 18 more')
  expect(remedy).toBe('    Make it a string: String(length).')
  expect(page).toBe('    docs/doctor.md#alb107')
  const [, file = ''] = /\ndocs\/doctor\.md: (.+)\n$/.exec(stdout) ?? []
  expect(await readFile(join(folder, file), 'utf8')).toContain('### ALB107')
})

it('says that a handler does not answer in time', async () => {
  const never =
    "if (event.httpMethod === 'HEAD') await new Promise(() => setInterval(() => {}, 1e6))"
  const { code, stdout } = await doctor(answering(never), '--timeout', '2')
  expect(code).toBe(1)
  expect(stdout).toContain('error ALB102 no answer within the timeout (single, multi)\n')
})

it('exits with 0 when what is found is below --fail-level', async () => {
  const spoilt = "document.statusDescription = 'Fine'"
  const { code, stdout } = await doctor(answering(spoilt), '--fail-level', 'error')
  expect(code).toBe(0)
  expect(stdout).toContain('note ALB121 ')
})

it('tells that a function does not load, and runs nothing', async () => {
  const { code, stdout } = await doctor("throw new Error('no such table')")
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error ALB301 does not load on Node [\d.]+: .*no such table/)
  expect(stdout).toContain(' 1 check passed, 1 failed (1 error), 77 not run\n')
})

it('cannot run without a file, or with an adapter that nobody knows', async () => {
  const missing = await run(tmpdir(), 'doctor', 'missing.js')
  expect(missing).toMatchObject({ code: 2, stdout: '' })
  expect(missing.stderr).toContain('missing.js does not exist')
  const unknown = await run(tmpdir(), 'doctor', '--adapter', 'serverles-http')
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('did you mean serverless-http?')
})

it('names the adapter of the project, with which more can be judged', async () => {
  const manifest = '{ "dependencies": { "serverless-http": "4.0.0" } }'
  const other = `${answering('')}\nimport('hono').catch(() => {})`
  const files = { 'lambda.mjs': answering(''), 'other.mjs': other, 'package.json': manifest }
  const folder = await folderWith(files)
  const needs = ': needs an app with known routes: --adapter'
  expect((await run(folder, 'doctor', 'lambda.mjs')).stdout).toContain(`${needs} serverless-http\n`)
  expect((await run(folder, 'doctor', 'other.mjs')).stdout).toContain(`${needs} hono\n`)
})

it.each(['hono', '@fastify/aws-lambda'])('cannot examine %s where it is not', async (name) => {
  const folder = await folderWith({ 'package.json': '{}' })
  const { code, stderr } = await run(folder, 'doctor', '--adapter', name)
  expect(code).toBe(2)
  expect(stderr).toContain(`needs ${name}, which is not installed here: npm install --save-dev`)
  expect(await readdir(join(folder, 'node_modules/.cache/koa-alb-local'))).toEqual([])
})

it('says whose options its help lists', async () => {
  const { code, stderr } = await run(tmpdir(), 'doctor', '--formt', 'text')
  expect(code).toBe(2)
  expect(stderr).toContain('\nkoa-alb-local doctor --help lists the options\n')
})

it('examines an adapter with the probe app, and leaves nothing behind', async () => {
  const folder = fileURLToPath(new URL('../../', import.meta.url))
  const { code, stdout } = await run(folder, 'doctor', '--adapter', 'koa-alb', '--format', 'json')
  expect(code).toBe(0)
  const { version, checks } = JSON.parse(stdout)
  expect(version).toBe(1)
  expect(checks.map(({ status }: { status: string }) => status)).toEqual([
    ...Array(69).fill('passed'),
    ...Array(10).fill('not run'),
  ])
  const cache = join(folder, 'node_modules/.cache/koa-alb-local')
  expect(await readdir(cache).catch(() => [])).toEqual([])
})

it('judges what a template declares', async () => {
  const folder = await folderWith({ 'template.yaml': resources })
  const { code, stdout } = await run(folder, 'doctor', '--template', 'template.yaml')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error ALB401 ApiFunction: it has no AWS::Lambda::Permission/)
  expect(stdout).toContain('warning ALB405 multi-value headers are off: Api\n')
})

it.each(['missing.yaml', 'broken.yaml'])('cannot run with the template %s', async (name) => {
  const folder = await folderWith({ 'broken.yaml': 'a: [' })
  const { code, stdout, stderr } = await run(folder, 'doctor', '--template', name)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^${name}: `))
  expect(stderr).not.toContain('    at ')
})

it('examines a function at an Invoke endpoint, and says what cannot be judged there', async () => {
  const url = await endpoint((req, res) => {
    req.resume().on('end', () => res.end('{"statusCode":"200"}'))
  })
  const { code, stdout } = await run(tmpdir(), 'doctor', '--invoke', url)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error ALB104 statusCode is "200" \(single, multi\)\n/)
  expect(stdout).toContain('not run: ALB301 to ALB314 (7 checks): the function is elsewhere\n')
})

it('cannot run when nobody listens there', async () => {
  const { code, stderr } = await run(tmpdir(), 'doctor', '--invoke', 'http://127.0.0.1:1')
  expect(code).toBe(2)
  expect(stderr).toMatch(/^--invoke http:\/\/127\.0\.0\.1:1: no answer from /)
})

it('loads the function with every Node that is given', async () => {
  const { code, stdout } = await doctor(answering(''), '--node', process.execPath, '--node', './no')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^error ALB301 does not load on \.\/no: /)
  expect(stdout).toContain(' 33 checks passed, 1 failed (1 error), ')
})

it('sends the query of a probe as a load balancer does', async () => {
  const seen = 'event.path + JSON.stringify(event.queryStringParameters)'
  const spoilt = `if (${seen} === '/orders{"id":"1","b":"+"}') document.body = 1`
  const { stdout } = await doctor(answering(spoilt), '--probe', 'GET /orders?id=1&b=+')
  expect(stdout).toContain(
    'error ALB110 body is a number (single)\n    seen with GET /orders?id=1&b=+\n',
  )
})

it('asks where it is told to', async () => {
  const spoilt = "if (event.path === '/orders' && event.httpMethod === 'PUT') document.body = 1"
  const probe = ['--path', '/a', '--probe', 'PUT /orders']
  const { stdout } = await doctor(answering(spoilt), ...probe)
  expect(stdout).toContain(
    'error ALB110 body is a number (single, multi)\n    seen with PUT /orders\n',
  )
})
