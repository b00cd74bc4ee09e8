import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LambdaHandler } from '../../src/index.ts'
import { operationNames } from '../../src/inspector/open-api.ts'
import { endpoint } from '../shared/endpoint.ts'
import { inspected } from './inspected.ts'

const echo: LambdaHandler = ({ httpMethod, path, headers, body, isBase64Encoded }) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'x-app': 'echo' },
  body: JSON.stringify({ httpMethod, path, x: headers?.['x-sent'], body, isBase64Encoded }),
})

it('lists exchanges, the newest first', async () => {
  const { url, api } = await inspected(echo)
  await fetch(`${url}/one`)
  await fetch(`${url}/two?a=1&a=2`)
  const { json } = await api('/exchanges')
  expect(json.exchanges).toMatchObject([
    { id: 2, isOver: true, method: 'GET', target: '/two?a=1&a=2', status: 200, isNotable: true },
    { id: 1, target: '/one', isNotable: false, targetGroup: 'Api', rulePriority: 0 },
  ])
  expect((await api('/exchanges?after=1')).json.exchanges).toHaveLength(1)
})

it('shows all of an exchange', async () => {
  const { url, api } = await inspected(echo)
  await fetch(`${url}/a`, { method: 'POST', body: 'text', headers: { 'x-sent': 'yes' } })
  const { json } = await api('/exchanges/1')
  expect(json).toMatchObject({
    request: { startLine: 'POST /a HTTP/1.1', body: { kind: 'text', text: 'text', length: 4 } },
    event: { httpMethod: 'POST', path: '/a', body: 'text' },
    response: { startLine: '200 OK', body: { kind: 'text', type: 'application/json' } },
    multiValueHeaders: false,
    actions: ['forward'],
    why: [],
    functionLog: [],
  })
  expect(JSON.parse(json.document.text)).toMatchObject({ statusCode: 200 })
})

it('says why an exchange failed', async () => {
  const { url, api } = await inspected(() => {
    throw Object.assign(new Error('db down', { cause: new Error('no route') }), { code: 'E_DB' })
  })
  await fetch(url)
  const { json } = await api('/exchanges/1')
  expect(json).toMatchObject({
    status: 502,
    errorReason: 'LambdaUnhandled',
    detail: 'the handler failed: Error: db down',
    error: { name: 'Error', message: 'db down', code: 'E_DB' },
  })
  expect(json.error.text).toContain('no route')
})

it('answers a question that nobody knows with 404', async () => {
  const { api } = await inspected(echo)
  expect(await api('/exchanges/7')).toEqual({
    status: 404,
    json: { error: 'exchange 7 is not there, or not any more' },
  })
  expect(await api('/nothing')).toMatchObject({ status: 404 })
})

describe('sending', () => {
  it('sends an exchange once more', async () => {
    const { url, post, recorder } = await inspected(echo)
    await fetch(`${url}/a`, {
      method: 'PUT',
      body: Buffer.from([0, 255]),
      headers: { 'x-sent': 'x' },
    })
    const { json } = await post('/replay', { id: 1 })
    expect(JSON.parse(json.response.body.text)).toMatchObject({ httpMethod: 'PUT', body: 'AP8=' })
    expect(recorder.exchanges().map(({ request }) => request.target)).toEqual(['/a', '/a'])
  })

  it('sends an exchange with something else in it', async () => {
    const { url, post } = await inspected(echo)
    await fetch(`${url}/a`)
    const { json } = await post('/replay', {
      id: 1,
      method: 'PATCH',
      target: '/b',
      lines: [['X-Sent', 'edited']],
      body: Buffer.from('new').toString('base64'),
    })
    expect(JSON.parse(json.response.body.text)).toMatchObject({
      httpMethod: 'PATCH',
      path: '/b',
      x: 'edited',
    })
  })

  it.each([
    [{ id: 9 }, 'exchange 9 is not there, or not any more'],
    [{ target: 'a b' }, 'target must be a request target without spaces'],
    [{ method: 'A B' }, 'method must be an HTTP token'],
    [{ lines: [['a', 'b\r\nc: d']] }, 'lines: a must be a text without control characters'],
    [{ listener: 'Other' }, 'there is no listener Other'],
    ['text', 'an object is wanted'],
  ])('refuses %j', async (sending, error) => {
    const { post } = await inspected(echo)
    const { status, json } = await post('/replay', sending)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(json).toEqual({ error })
  })

  it('compares with the app itself', async () => {
    const there = await endpoint((_, response) => {
      response.setHeader('X-App', 'other').setHeader('Content-Type', 'application/json').end('{}')
    })
    const { url, post } = await inspected(echo, {}, there)
    await fetch(`${url}/a`)
    const { json } = await post('/compare', { id: 1 })
    expect(json.there.startLine).toBe('200 OK')
    const parts = Object.fromEntries(json.parts.map((part: { part: string }) => [part.part, part]))
    expect(parts['x-app']).toEqual({ part: 'x-app', here: ['echo'], there: ['other'] })
    expect(parts.server).toMatchObject({ reason: expect.stringContaining('says who it is') })
    expect(parts.body).toMatchObject({ there: ['2 bytes'] })
  })

  it('has nothing to compare with unless told', async () => {
    const { url, post } = await inspected(echo)
    await fetch(url)
    expect((await post('/compare', { id: 1 })).status).toBe(400)
    expect((await post('/compare', { id: 1, url: 'file:///etc/passwd' })).status).toBe(400)
  })
})

describe('exports', () => {
  it.each(['text', "it's", '@file', Buffer.from([0, 1, 254]), 'two\nlines'])(
    'a command of curl sends the same: %j',
    async (body) => {
      const { url, text, recorder } = await inspected(echo)
      await fetch(`${url}/a/../b?c=%20`, { method: 'POST', body, headers: { 'X-Sent': "it's" } })
      await promisify(execFile)('/bin/sh', ['-c', await text('/exchanges/1/curl')])
      const [first, second] = recorder.exchanges()
      expect(second?.event?.body).toBe(first?.event?.body)
      expect(second?.request.target).toBe(first?.request.target)
      expect(second?.event?.headers?.['x-sent']).toBe("it's")
    },
  )

  it('a HAR can be sent again', async () => {
    const { url, api, post, recorder } = await inspected(echo)
    await fetch(`${url}/a?b=c`, { method: 'POST', body: Buffer.from([0, 255]) })
    const har = await api('/har')
    expect(har.json.log).toMatchObject({ version: '1.2', creator: { version: '1.2.3' } })
    expect(await post('/har', har.json)).toEqual({
      status: 200,
      json: { statuses: [200], notSent: [] },
    })
    const [first, second] = recorder.exchanges()
    expect(second?.request.target).toBe('/a?b=c')
    expect(second?.event?.body).toBe(first?.event?.body)
  })

  it('refuses what is no HAR', async () => {
    const { post } = await inspected(echo)
    expect(await post('/har', {})).toEqual({
      status: 400,
      json: { error: 'this is no HAR: it has no log.entries' },
    })
  })
})

it('tells pages what began and ended', async () => {
  const { url, page } = await inspected(echo)
  const events = await fetch(new URL(`/api/events${page.search}`, page))
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  onTestFinished(() => void reader?.cancel())
  let read = ''
  await fetch(`${url}/live`)
  while (!read.includes('"isOver":true')) read += (await reader?.read())?.value ?? ''
  expect(read).toMatch(/event: exchanges\ndata: \[\{"id":1,.*"target":"\/live"/)
})

it('describes each of its operations', async () => {
  const { api } = await inspected(echo)
  const { json } = await api('/openapi.json')
  expect(Object.keys(json.paths)).toEqual([
    ...new Set(operationNames.map((name) => name.split(' ')[1])),
  ])
  for (const name of operationNames.filter((each) => each.startsWith('get '))) {
    const path = name.slice('get /api'.length).replace('{id}', '1')
    if (path !== '/events')
      expect((await api(path)).json.error ?? '').not.toContain('there is no GET')
  }
})

it('counts by rule, by target group, by second', async () => {
  const { url, api } = await inspected(echo)
  await fetch(url)
  await fetch(url)
  const { json } = await api('/load-balancer')
  expect(json.listeners).toMatchObject([
    { name: 'Web', rules: [{ priority: 0, conditions: [], actions: ['forward'], hits: 2 }] },
  ])
  expect(json.targetGroups).toMatchObject([{ name: 'Api', counts: { count: 2, failed: 0 } }])
  const { seconds } = (await api('/statistics')).json
  const counts = seconds.map(({ count }: { count: number }) => count)
  expect(counts.reduce((sum: number, count: number) => sum + count)).toBe(2)
})
