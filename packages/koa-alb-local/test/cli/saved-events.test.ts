import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../shared/command.ts'
import { folderWith } from '../shared/folder.ts'
import { answering, event } from './replaying.ts'

it('makes of a request in a HAR what a load balancer would', async () => {
  const lines = { 'X-Empty': '', Accept: '*/*', 'Content-Length': '9', expect: '100-continue' }
  const headers = Object.entries(lines).map(([name, value]) => ({ name, value }))
  const url = 'https://App.example/a?b=2&a=1&b=1'
  const request = { method: 'POST', url, headers, postData: { text: 'x=1' } }
  const cwd = await folderWith({
    'a.mjs': answering('JSON.stringify([event.multiValueHeaders, event.queryStringParameters])'),
    'a.har': `\ufeff${JSON.stringify({ log: { entries: [{ request }] } })}`,
  })
  const { stdout } = await run(cwd, 'replay', 'a.mjs', 'a.har')
  expect(stdout).toContain('[null,{"a":"1","b":"1"}]')
  expect(stdout).toContain(
    `[{"accept":["*/*"],"content-length":["3"],"host":["app.example"],${[
      '"x-amzn-trace-id":["Root=1-5bdb40ca-556d8b0c50dc66f0511bf520"]',
      '"x-forwarded-for":["192.0.2.7"]',
      '"x-forwarded-port":["443"]',
      '"x-forwarded-proto":["https"]',
    ].join()}},null]`,
  )
})

it('says what of a HAR cannot be sent', async () => {
  const request = { method: 'GET', url: 'http://a.example/', headers: [] }
  const entries = [
    request,
    { ...request, url: 'wss://a.example/' },
    { ...request, method: 'POST', bodySize: 3 },
    { ...request, method: 'PUT', bodySize: 3 },
  ].map((each) => ({ request: each }))
  const har = JSON.stringify({ log: { entries } })
  const cwd = await folderWith({ 'a.mjs': answering('event.path'), 'a.har': har })
  const { stdout, stderr } = await run(cwd, 'replay', 'a.mjs', 'a.har')
  expect(stdout).toContain('\n2 events, 0 refused\n')
  expect(stderr).toBe(`a.har: 1 request is left out: wss: is not HTTP
a.har: 2 requests are left out: its body is not in the HAR
`)
})

it('passes over folders with the name of a file, and says which file cannot be read', async () => {
  const cwd = await folderWith({ 'a.mjs': answering('event.path') })
  await mkdir(join(cwd, 'events', 'folder.json'), { recursive: true })
  await writeFile(join(cwd, 'events', 'folder.json', 'one.json'), event('/one'))
  const found = await run(cwd, 'replay', 'a.mjs', 'events')
  expect(found.stdout).toContain('folder.json-one: GET /one (multi)')
  await symlink('nowhere', join(cwd, 'events', 'gone.json'))
  const { code, stderr } = await run(cwd, 'replay', 'a.mjs', 'events')
  expect(code).toBe(2)
  expect(stderr).toContain(`${join('events', 'gone.json')} cannot be read: ENOENT`)
})

it('says that an answer cannot be recorded', async () => {
  const cwd = await folderWith({ 'a.mjs': answering('event.path'), 'one.json': event('/one') })
  const args = ['replay', 'a.mjs', 'one.json', '--expect', 'one.json', '--update']
  const { code, stderr } = await run(cwd, ...args)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^one\.json\/one\.json cannot be written: EEXIST/)
})
