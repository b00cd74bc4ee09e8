import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../shared/command.ts'
import { folderWith } from '../shared/folder.ts'
import { answering, event } from './replaying.ts'

it('prints the answer to a saved event as a client gets it', async () => {
  const cwd = await folderWith({ 'a.mjs': answering('event.path'), 'one.json': event('/one') })
  const { code, stdout } = await run(cwd, 'replay', 'a.mjs', 'one.json')
  expect(code).toBe(0)
  expect(stdout.replace(/^Date: .*$/m, 'Date: now')).toBe(`one: GET /one (multi)
HTTP/1.1 200 OK
Server: awselb/2.0
Date: now
content-type: text/plain
Content-Length: 4

/one

1 events, 0 refused
`)
})

it('finds the events in lines of a log, in an export of CloudWatch and in a HAR', async () => {
  const request = { method: 'GET', url: 'http://a.example/har?x=1', headers: [] }
  const cwd = await folderWith({
    'a.mjs': answering('event.path'),
    'lines.log': `START\n2026-01-01T00:00:00Z id INFO ${event('/line')}\nEND`,
    'export.json': JSON.stringify({ events: [{ message: `INFO ${event('/exported')}` }] }),
    'b.har': JSON.stringify({ log: { entries: [{ request }] } }),
  })
  const { stdout } = await run(cwd, 'replay', 'a.mjs', 'lines.log', 'export.json', 'b.har')
  expect(stdout.match(/^.*: GET .*$/gm)).toEqual([
    'lines: GET /line (multi)',
    'export: GET /exported (multi)',
    'b.single: GET /har (single)',
    'b.multi: GET /har (multi)',
  ])
})

it('says why a load balancer refuses an answer, and ends with 1', async () => {
  const spoilt = answering("'a'", 'document.statusCode = "200"')
  const cwd = await folderWith({ 'a.mjs': spoilt, 'one.json': event('/') })
  const { code, stdout } = await run(cwd, 'replay', 'a.mjs', 'one.json')
  expect(code).toBe(1)
  expect(stdout).toContain('refused: statusCode is "200", must be an integer from 200 to 599\n')
})

it('compares with the answers it has recorded', async () => {
  const cwd = await folderWith({
    'a.mjs': answering("'old'"),
    'b.mjs': answering("'new!'"),
    'one.json': event('/'),
  })
  const missing = await run(cwd, 'replay', 'a.mjs', 'one.json', '--expect', 'answers')
  expect(missing.stdout).toContain('one: GET / (multi)\n  no answer is recorded: --update\n')
  await run(cwd, 'replay', 'a.mjs', 'one.json', '--expect', 'answers', '--update')
  expect((await run(cwd, 'replay', 'a.mjs', 'one.json', '--expect', 'answers')).code).toBe(0)
  const { code, stdout } = await run(cwd, 'replay', 'b.mjs', 'one.json', '--expect', 'answers')
  expect(code).toBe(1)
  expect(stdout).toBe(`one: GET / (multi)
  body: "old" -> "new!"
1 events, 1 not as expected
`)
})

it('prints where two handlers differ for a client, in each mode', async () => {
  const cwd = await folderWith({
    'a.mjs': answering("'a'"),
    'b.mjs': answering("'a'", "if (!multi) document.headers.etag = '1'"),
    'one.json': event('/'),
  })
  const { code, stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', 'one.json')
  expect(code).toBe(1)
  expect(stdout).toBe(`one: GET / (single)
  etag: none -> "1" [unexpected]
2 events: 1 answered the same, 0 differently as documented, 1 unexpectedly
`)
  const ignoring = ['--events', 'one.json', '--ignore', 'ETag']
  expect((await run(cwd, 'compare', 'a.mjs', 'b.mjs', ...ignoring)).code).toBe(0)
})

const compareIn = (folder: string): string[] => [
  'compare',
  join(folder, 'a.mjs'),
  join(folder, 'b.mjs'),
]

const losing = "document[multi ? 'multiValueHeaders' : 'headers'] = {}"

it('says why two handlers differ as documented, and ends with 0', async () => {
  const cwd = await folderWith({
    'a.mjs': answering("'caf\\ufffd'"),
    'b.mjs': answering("'Y2Fm6Q=='", 'document.isBase64Encoded = true'),
    'one.json': event('/'),
  })
  const { code, stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', 'one.json')
  expect(stdout).toBe(`one: GET / (single, multi)
  body: "caf\ufffd" -> 4 bytes [1]
[1] The old function reads the body as UTF-8, which it is not; now its bytes arrive. docs/adapters.md#alb205
2 events: 0 answered the same, 2 differently as documented, 0 unexpectedly
`)
  expect(code).toBe(0)
})

it('prints the comparison as JSON', async () => {
  const files = { 'a.mjs': answering("'a'"), 'b.mjs': answering("'a'", losing) }
  const cwd = await folderWith({ ...files, 'one.json': event('/') })
  const asked = ['--events', 'one.json', '--format', 'json']
  const { code, stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', ...asked)
  expect(code).toBe(1)
  const { version, old, new: now, events } = JSON.parse(stdout)
  expect({ version, old, now }).toEqual({ version: 1, old: 'a.mjs', now: 'b.mjs' })
  const [part, before, after] = ['content-type', '"text/plain"', '"application/octet-stream"']
  const differences = [{ part, before, after, documented: [] }]
  expect(events).toEqual([
    { name: 'one', title: 'GET /', mode: 'single', differences },
    { name: 'one', title: 'GET /', mode: 'multi', differences },
  ])
})

it('knows two formats of a comparison', async () => {
  const asked = ['--events', 'one.json', '--format', 'xml']
  const { code, stderr } = await run('.', 'compare', 'a.mjs', 'b.mjs', ...asked)
  expect(stderr).toContain("--format must be text or json, not 'xml'\n")
  expect(code).toBe(2)
})

it('ends with 2 when there is no event or no handler', async () => {
  const cwd = await folderWith({ 'a.mjs': answering("'a'"), 'none.json': '{}' })
  const none = await run(cwd, 'replay', 'a.mjs', 'none.json')
  expect(none.stderr).toBe('none.json has no event of a load balancer\n')
  expect(none.code).toBe(2)
  await writeFile(join(cwd, 'none.json'), event('/'))
  const { code, stderr } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', 'none.json')
  expect(stderr).toBe('b.mjs does not exist: has it been built?\n')
  expect(code).toBe(2)
})

it('sends what was saved in both modes once in each', async () => {
  const cwd = await folderWith({ 'a.mjs': answering("'a'") })
  await run(cwd, 'events', 'samples')
  const samples = ['GET.single.json', 'GET.multi.json'].flatMap((name) => [
    '--events',
    `samples/${name}`,
  ])
  const { stdout } = await run(cwd, 'compare', 'a.mjs', 'a.mjs', ...samples)
  expect(stdout).toBe(
    '2 events: 2 answered the same, 0 differently as documented, 0 unexpectedly\n',
  )
})

it('takes an event of each mode from its file where there are both', async () => {
  const cwd = await folderWith({ 'a.mjs': answering("''"), 'b.mjs': answering('event.path') })
  const { multiValueHeaders, multiValueQueryStringParameters, ...rest } = JSON.parse(event('/a'))
  const single = { ...rest, path: '/b', headers: {}, queryStringParameters: {} }
  await writeFile(join(cwd, 'x.single.json'), JSON.stringify(single))
  await writeFile(join(cwd, 'x.multi.json'), event('/a'))
  const { stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', '.')
  expect(stdout.match(/^x: .*$/gm)).toEqual(['x: GET /a (multi)', 'x: GET /b (single)'])
})

it('compares by events that were written by hand', async () => {
  const cwd = await folderWith({
    'a.mjs': answering('JSON.stringify(event)'),
    'one.json': `{"requestContext":{"elb":{}},"httpMethod":"GET","path":"/","headers":{"a":1,"b":null},
      "queryStringParameters":null,"body":null}`,
  })
  const { code, stdout } = await run(cwd, 'compare', 'a.mjs', 'a.mjs', '--events', 'one.json')
  expect(stdout).toMatch(/^2 events: 2 answered the same/)
  expect(code).toBe(0)
})

it('has an event in each mode of a request in a HAR', async () => {
  const headers = ['a', 'b'].map((value) => ({ name: 'x', value }))
  const request = { method: 'GET', url: 'http://a.example/', headers }
  const entries = [{ request }, { request: { ...request, url: 'http://a.example/2' } }]
  const cwd = await folderWith({
    'a.mjs': answering("''"),
    'b.mjs': answering('String((event.multiValueHeaders ?? event.headers).x)'),
    'c.har': JSON.stringify({ log: { entries } }),
  })
  const { stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', 'c.har')
  expect(stdout).toMatch(
    /^c-1: GET \/ \(single\)\n {2}body: "" -> "b" .*\nc-1: GET \/ \(multi\)\n {2}body: "" -> "a,b" /,
  )
  expect(stdout).toContain('\n4 events: ')
})

it('compares by samples for the paths that are given', async () => {
  const cwd = await folderWith({ 'a.mjs': answering("''"), 'b.mjs': answering('event.path') })
  const { stdout } = await run('.', ...compareIn(cwd), '--path', '/', '--path', '/orders/1')
  expect(stdout.match(/^cookies.*$/gm)).toEqual([
    'cookies: GET / (single, multi)',
    'cookies-orders-1: GET /orders/1 (single, multi)',
  ])
  const { code, stderr } = await run('.', ...compareIn(cwd), '--path', 'orders')
  expect(stderr).toContain("--path begins with / and has no query, got 'orders'\n")
  expect(code).toBe(2)
})

it('names the handler file that does not start', async () => {
  const cwd = await folderWith({
    'a.mjs': answering("'a'"),
    'b.mjs': 'throw new Error("broken")',
    'one.json': event('/'),
  })
  const { code, stderr } = await run(cwd, 'compare', 'a.mjs', 'b.mjs', '--events', 'one.json')
  expect(stderr).toMatch(/^b\.mjs: the function did not start: .*broken/)
  expect(code).toBe(2)
})

it('writes sample events in both modes, which can be replayed', async () => {
  const cwd = await folderWith({ 'a.mjs': answering("'a'") })
  const { stdout } = await run(cwd, 'events', 'samples')
  expect(stdout).toBe('38 events in samples\n')
  expect(await readdir(join(cwd, 'samples'))).toHaveLength(38)
  const { multiValueHeaders } = JSON.parse(
    await readFile(join(cwd, 'samples/cookies.multi.json'), 'utf8'),
  )
  expect(multiValueHeaders.cookie).toEqual(['a=1; b=2'])
  const { code, stdout: replayed } = await run(cwd, 'replay', 'a.mjs', 'samples')
  expect(replayed).toMatch(/\n38 events, 0 refused\n$/)
  expect(code).toBe(0)
})

it('compares by the sample events when none are given', async () => {
  const files = { 'a.mjs': answering('"a"'), 'b.mjs': answering('event.path === "/" ? "a" : "b"') }
  const cwd = await folderWith(files)
  const samples = (await run(cwd, 'events', 'samples')).stdout
  const [, count = ''] = /^(\d+) events in samples\n$/.exec(samples) ?? []
  const { code, stdout } = await run(cwd, 'compare', 'a.mjs', 'b.mjs')
  expect(code).toBe(1)
  expect(stdout).toContain(`${count} events: `)
  expect(stdout).toContain('a-path-that-nobody-serves: GET /koa-alb-doctor-404 (')
})
