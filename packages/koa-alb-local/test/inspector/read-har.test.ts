import { describe, expect, it } from 'vitest'
import { type LambdaHandler, Recorder } from '../../src/index.ts'
import { send } from '../shared/client.ts'
import { inspected } from './inspected.ts'

const echo: LambdaHandler = (event) => ({ statusCode: 200, body: JSON.stringify(event) })

const harOf = (...requests: readonly object[]): object => ({
  log: { version: '1.2', entries: requests.map((request) => ({ request })) },
})

interface Sent {
  readonly method: string
  readonly target: string
  readonly lines: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** The request that the load balancer gets when the HAR is imported. */
async function imported(request: object): Promise<Sent> {
  const { post, recorder } = await inspected(echo)
  const har = harOf({ method: 'GET', url: 'http://a.example/', headers: [], ...request })
  expect(await post('/har', har)).toEqual({ status: 200, json: { statuses: [200], notSent: [] } })
  const [exchange] = recorder.exchanges()
  const { method = '', target = '', lines = [], body } = exchange?.request ?? {}
  return { method, target, lines: Object.fromEntries(lines), body: body?.bytes.toString('latin1') }
}

describe('a request of a HAR', () => {
  it('is sent with its host, and without the pseudo-headers of HTTP/2', async () => {
    const headers = [
      { name: ':authority', value: 'a.example' },
      { name: 'Accept', value: 'text/*' },
    ]
    const { lines, target } = await imported({ url: 'https://a.example:8443/b?c=%20#d', headers })
    expect(target).toBe('/b?c=%20')
    expect(lines).toEqual({ Host: 'a.example:8443', Accept: 'text/*', Connection: 'close' })
  })

  it.each([
    ['http://a/b/../c', '/b/../c'],
    ['http://a?b=c', '/?b=c'],
    ['http://a/ä b', '/%c3%a4%20b'],
  ])('%s goes to %s', async (url, target) => {
    expect((await imported({ url })).target).toBe(target)
  })

  it.each([
    ['a text', { text: 'ä' }, 'Ã¤'],
    ['base64, as this inspector writes it', { text: 'AP8=', _encoding: 'base64' }, '\0ÿ'],
    ['base64, as others do', { text: 'AP8=', encoding: 'base64' }, '\0ÿ'],
    ['a form and its text', { text: 'a=b', params: [{ name: 'a', value: 'b' }] }, 'a=b'],
    [
      'a form alone',
      {
        mimeType: 'application/x-www-form-urlencoded',
        params: [{ name: 'a b', value: '%20&' }, { name: 'c' }],
      },
      'a+b=%2520%26&c=',
    ],
    [
      'a form in parts',
      {
        mimeType: 'multipart/form-data; boundary=-x-',
        params: [
          { name: 'a', value: 'b' },
          { name: 'f"', value: 'text', fileName: 'f.txt', contentType: 'text/plain' },
        ],
      },
      '---x-\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n---x-\r\nContent-Disposition: form-data; name="f%22"; filename="f.txt"\r\nContent-Type: text/plain\r\n\r\ntext\r\n---x---\r\n',
    ],
  ])('has %s as its body', async (_, postData, body) => {
    expect((await imported({ method: 'POST', postData })).body).toBe(body)
  })
})

it('sends what it can of a HAR, and says what it cannot', async () => {
  const { post } = await inspected(echo)
  const url = 'http://a.example/'
  const har = harOf(
    { method: 'GET', url: 'wss://a.example/' },
    { method: 'A B', url },
    { method: 'GET', url, headers: [{ name: 'a b', value: 'c' }] },
    { method: 'GET', url },
  )
  expect((await post('/har', har)).json).toEqual({
    statuses: [200],
    notSent: [
      { entry: 0, problem: 'wss: is not HTTP' },
      { entry: 1, problem: 'method must be an HTTP token' },
      { entry: 2, problem: 'lines must be pairs with an HTTP token' },
    ],
  })
})

it('sends again what it has exported, byte for byte', async () => {
  const { url, api, post, recorder } = await inspected(echo)
  const line = 'POST /a/../"%zz\xc3\xa4?b=%20&c HTTP/1.1\r\nHost: a.example\r\nX-Raw: \xc3\xa4\r\n'
  await send(
    Number(new URL(url).port),
    `${line}Content-Length: 2\r\nConnection: close\r\n\r\n\0\xff`,
  )
  await post('/har', (await api('/har?secrets=shown')).json)
  const [first, second] = recorder.exchanges()
  expect(second?.request.target).toBe('/a/../"%zz\xc3\xa4?b=%20&c')
  expect(second?.request.lines).toContainEqual(['X-Raw', '\xc3\xa4'])
  expect(second?.event?.body).toBe(first?.event?.body)
  expect(second?.event?.headers?.host).toBe('a.example')
})

it('does not send again what was kept in part, or was no request', async () => {
  const { url, api, post } = await inspected(echo, { recorder: new Recorder({ bodyBytes: 10 }) })
  await fetch(url, { method: 'POST', body: 'more than ten bytes' })
  await send(Number(new URL(url).port), 'nonsense\r\n\r\n')
  expect((await post('/har', (await api('/har')).json)).json).toEqual({
    statuses: [],
    notSent: [
      { entry: 0, problem: 'of its body only the beginning was kept' },
      { entry: 1, problem: 'it could not be parsed when it came' },
    ],
  })
})
