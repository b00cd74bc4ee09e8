import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type LambdaHandler, Recorder } from '../../src/index.ts'
import { send } from '../shared/application-load-balancer.ts'
import { folderWith } from '../shared/folder.ts'
import { inspected } from './inspected.ts'

const withCookie: LambdaHandler = () => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain', 'set-cookie': 'session=of-the-server' },
  body: 'hello',
})

function statusOf(url: URL, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject).end()
  })
}

describe('who is answered', () => {
  it.each([
    ['somebody with the token', {}, 200],
    ['a page of this inspector', { origin: 'own' }, 200],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a name that leads here', { host: 'evil.example' }, 421],
    ['a name that leads here, with a port', { host: 'evil.example:80' }, 421],
    ['a name that begins like ours', { host: 'localhost.evil.example' }, 421],
    ['localhost', { host: 'localhost:1234' }, 200],
  ])('%s: %j → %i', async (_, headers, status) => {
    const { page } = await inspected(withCookie)
    const url = new URL(`/api/exchanges${page.search}`, page)
    const own = 'origin' in headers && headers.origin === 'own' ? { origin: page.origin } : headers
    expect(await statusOf(url, own)).toBe(status)
  })

  it.each([
    ['no token', ''],
    ['a wrong token', '?token=wrong'],
    ['a token that is too long', '?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('%s: 401', async (_, search) => {
    const { page } = await inspected(withCookie)
    const response = await fetch(new URL(`/api/exchanges${search}`, page))
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      error: 'the token is missing or wrong: it is in the URL on the terminal',
    })
  })

  it.each([
    ['//', 404],
    ['//evil.example/api/exchanges', 404],
    ['*', 400],
  ])('the target %s: %i', async (path, status) => {
    const { page } = await inspected(withCookie)
    const sent = request({ host: page.hostname, port: page.port, path }).end()
    const [response] = await once(sent, 'response')
    expect(response.resume().statusCode).toBe(status)
  })

  it('lets no other site read it', async () => {
    const { page } = await inspected(withCookie)
    const { headers } = await fetch(new URL(`/api/exchanges${page.search}`, page), {
      headers: { origin: page.origin },
    })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('secrets', () => {
  const secretHeaders = { authorization: 'Bearer of-the-client', cookie: 'a=of-the-client' }

  it.each([
    '/exchanges',
    '/exchanges/1',
    '/exchanges/1/event',
    '/exchanges/1/curl',
    '/exchanges/1/test',
    '/exchanges/1/har',
    '/har',
  ])('are in no answer to %s', async (path) => {
    const { url, text } = await inspected(withCookie)
    await fetch(`${url}/a?token=of-the-query&code=of-the-query`, { headers: secretHeaders })
    const shown = await text(path)
    expect(shown.length).toBeGreaterThan(20)
    expect(shown).not.toMatch(/of-the-(client|server|query)/)
  })

  it.each(['/exchanges/1', '/exchanges/1/event', '/exchanges/1/curl', '/exchanges/1/test', '/har'])(
    'in the URL of another field are in no answer to %s',
    async (path) => {
      const { url, text } = await inspected(() => ({
        statusCode: 302,
        headers: { location: '/done?a=b&code=of-the-server#access_token=of-the-server' },
      }))
      const headers = {
        referer: 'http://a.example/?session_token=of-the-client&b=c',
        'x-auth-token': 'of-the-client',
      }
      await fetch(url, { headers, redirect: 'manual' })
      const shown = await text(path)
      expect(shown.length).toBeGreaterThan(20)
      expect(shown).not.toMatch(/of-the-(client|server)/)
    },
  )

  it.each<[string, string]>([
    ['/done#access_token=of-the-server', '/'],
    ['/done?a=b#access_token=of-the-server', '/'],
    ['/done', '/?next=/done?token=of-the-client'],
    ['/done', '/?next=1#token=of-the-client'],
    ['/done', 'http://user:of-the-client@a.example/'],
    ['/done', 'http://user:of-the-client@a.example/?a=b'],
    ['https://user:of-the-server@a.example/', '/?next=http://:of-the-client@a.example/'],
  ])('behind other values are in no answer: %s, %s', async (location, target) => {
    const { url, text } = await inspected(() => ({ statusCode: 302, headers: { location } }))
    await send(url, { target })
    const shown = [await text('/exchanges/1'), await text('/exchanges'), await text('/har')]
    expect(shown.join('')).not.toMatch(/of-the-(client|server)/)
  })

  it('are masked in the error of a function as in the reason that names it', async () => {
    const { url, text, api } = await inspected(() => {
      throw new Error('GET https://a.example/?token=of-the-server failed')
    })
    await fetch(url)
    expect(await text('/exchanges/1')).not.toContain('of-the-server')
    const { error } = (await api('/exchanges/1')).json
    expect(error.message).toMatch(/^GET https:\/\/a.example\/\?token=••••••\d failed$/)
    const [, number] = /(\d) failed/.exec(error.message) ?? []
    const { json } = await api(`/exchanges/1/masked?n=${number}`)
    expect(json.value).toBe('of-the-server')
  })

  it('are not in the error that says that a document is no JSON', async () => {
    const recorder = new Recorder()
    const target = { invoke: async () => ({ payload: '{"set-cookie":of-the-server}' }) }
    const { url, text } = await inspected(withCookie, { recorder, targets: { api: target } })
    await fetch(url)
    expect((await text('/exchanges/1')).length).toBeGreaterThan(20)
    expect(await text('/exchanges/1')).not.toMatch(/of-the|the-server/)
  })

  it.each<[string, unknown]>([
    ['a cookie that is no text for a header', { 'set-cookie': 'of-the-server=ä' }],
    ['a cookie that is a list', { 'set-cookie': ['of-the-server'] }],
    ['headers that are none', ['set-cookie: of-the-server']],
  ])('are not in the reason why a document is refused: %s', async (_, headers) => {
    const { url, text, api } = await inspected(() => ({ statusCode: 200, headers }) as never)
    await fetch(url)
    expect((await api('/exchanges/1')).json.why[0].sentence).toMatch(
      /^headers.* is ••••••\d, must be/,
    )
    expect((await api('/har')).json.log.entries[0].comment).toContain('••••••')
    expect((await text('/exchanges/1')).replace(/"document":.*?\},/, '')).not.toContain(
      'of-the-server',
    )
  })

  it.each<[string, object]>([
    ['in the field of another gateway', { cookies: ['a=of-the-server'] }],
    ['deeper', { response: { headers: { 'Set-Cookie': ['a=of-the-server'] } } }],
    ['in a document that is a text', 'set-cookie: of-the-server' as never],
  ])('of a document are masked %s', async (_, document) => {
    const { url, text } = await inspected(() => document as never)
    await fetch(url)
    const shown = await text('/exchanges/1')
    expect(shown).toContain('"document"')
    expect(shown).not.toContain('of-the-server')
  })

  it('are shown one by one', async () => {
    const { url, api } = await inspected(withCookie)
    await fetch(`${url}/?token=of-the-query`, { headers: secretHeaders })
    const { json } = await api('/exchanges/1')
    expect(json.request.startLine).toBe('GET /?token=••••••0 HTTP/1.1')
    expect(Object.fromEntries(json.request.lines).authorization).toBe('••••••1')
    expect(await api('/exchanges/1/masked?n=1')).toEqual({
      status: 200,
      json: { value: 'Bearer of-the-client' },
    })
    expect(await api('/exchanges/1/masked?n=99')).toMatchObject({ status: 404 })
  })

  it('are in an export that is asked for with them', async () => {
    const { url, text } = await inspected(withCookie)
    await fetch(url, { headers: secretHeaders })
    expect(await text('/exchanges/1/curl?secrets=shown')).toContain('Bearer of-the-client')
  })

  it('are sent again though the page never had them', async () => {
    const seen: unknown[] = []
    const { url, api, post } = await inspected(({ headers }) => {
      seen.push(headers?.authorization)
      return { statusCode: 204 }
    })
    await fetch(url, { headers: secretHeaders })
    const { json } = await api('/exchanges/1')
    await post('/replay', { id: 1, lines: [...json.request.lines, ['x-more', '1']] })
    expect(seen).toEqual(['Bearer of-the-client', 'Bearer of-the-client'])
  })
})

describe('hostile', () => {
  it('functions leave answers of the API small', async () => {
    const megabytes = 'x'.repeat(10_000_000)
    const { url, text, recorder } = await inspected(({ path }) =>
      path === '/error'
        ? Promise.reject(new Error(megabytes))
        : { statusCode: 200, headers: { 'x-a': megabytes }, body: '\ud800' },
    )
    await fetch(url)
    await fetch(`${url}/error`)
    const requestId = recorder.exchange(2)?.entry?.requestId ?? ''
    for (let line = 0; line < 10_000; line += 1) recorder.wrote(requestId, `\ud800 line ${line}`)
    for (const path of ['/exchanges', '/exchanges/1', '/exchanges/2', '/har']) {
      expect((await text(path)).length).toBeLessThan(2_000_000)
    }
    expect(recorder.exchange(2)?.isFunctionLogCut).toBe(true)
  })

  const hostile = `$(touch x)\`touch x\`\${1}'"\\!%PATH%^&|\u2028\u202e\n</script>`
  const ofTarget = encodeURI(`/${hostile}[1-3]{a,b}`).replaceAll('%5B', '[').replaceAll('%7B', '{')

  it('texts stay texts in a command of curl', async () => {
    const { url, text, recorder } = await inspected(() => ({ statusCode: 204 }))
    const headers = { 'x-hostile': Buffer.from(hostile.replace('\n', '')).toString('latin1') }
    await send(url, { method: "A'$`|B", target: ofTarget, headers, body: hostile })
    const folder = await folderWith({})
    const command = await text('/exchanges/1/curl')
    await promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder })
    expect(await readdir(folder)).toEqual([])
    const [first, second] = recorder.exchanges()
    expect(second?.request).toMatchObject({ method: "A'$`|B", target: ofTarget })
    expect(second?.event?.headers?.['x-hostile']).toBe(first?.event?.headers?.['x-hostile'])
    expect(second?.request.body?.bytes.toString()).toBe(hostile)
  })

  it.each(['vitest', 'jest', 'node'])('texts stay texts in a test for %s', async (framework) => {
    const { url, text } = await inspected(() => ({
      statusCode: 200,
      headers: { 'x-hostile': `\${1}\`"'\\` },
      body: hostile,
    }))
    await send(url, { method: "A'`|B", target: ofTarget, body: hostile })
    const source = await text(`/exchanges/1/test?framework=${framework}`)
    const strings = source.replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
    expect(strings).not.toMatch(/touch|PATH|\$|`|\\/)
    expect(source).not.toMatch(/[\u2028\u202e]/)
    const imports = /^import .*$/gm
    expect(() => new Function(source.replace(imports, ''))).not.toThrow()
  })

  it('shows a hostile function without harm', async () => {
    const { url, api } = await inspected(() => ({
      statusCode: 200,
      headers: { 'content-type': 'text/html', 'x-a': '<img src=x onerror=alert(1)>' },
      body: '</script><script>alert(1)</script>\u202e\ud83d\ude00',
    }))
    await fetch(url)
    const { json } = await api('/exchanges/1')
    expect(json.response.body).toMatchObject({ kind: 'text', type: 'text/html' })
    expect(json.response.lines).toContainEqual(['x-a', '<img src=x onerror=alert(1)>'])
  })
})
