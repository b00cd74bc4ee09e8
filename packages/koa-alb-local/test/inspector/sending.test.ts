import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import type { LambdaHandler } from '../../src/index.ts'
import { fixed, forward } from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { inspected } from './inspected.ts'

const hello: LambdaHandler = () => ({ statusCode: 200, body: 'hello' })
// Each byte of UTF-8 that would be a control character or a blank as a character.
const bytes = '/\xc3\x89\xc3\xa0?a=\xe2\x80\x9c'
const value = '\xc3\x80 \xc3\xa0'

async function withBytes() {
  const all = await inspected(hello)
  const head = `GET ${bytes} HTTP/1.1\r\nHost: a.example\r\nX-Name: ${value}\r\nConnection: close\r\n\r\n`
  await send(Number(new URL(all.url).port), head)
  return all
}

it('sends an edited request with the bytes that came', async () => {
  const { api, post, recorder } = await withBytes()
  const { lines } = (await api('/exchanges/1')).json.request
  const { status } = await post('/replay', { id: 1, target: bytes, lines })
  expect(status).toBe(200)
  const { target, lines: sent } = recorder.exchange(2)?.request ?? {}
  expect(target).toBe(bytes)
  expect(sent).toContainEqual(['X-Name', value])
})

it('sends the requests of its own HAR with the bytes that came', async () => {
  const { api, post, recorder } = await withBytes()
  const { json } = await post('/har', (await api('/har')).json)
  expect(json).toEqual({ statuses: [200], notSent: [] })
  expect(recorder.exchange(2)?.request.target).toBe(bytes)
})

it('says which request cannot be sent from here', async () => {
  const { url, post } = await inspected(hello)
  const head = 'GET /a  b HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n'
  await send(Number(new URL(url).port), head)
  expect(await post('/replay', { id: 1 })).toEqual({
    status: 409,
    json: {
      error: 'the request cannot be sent from here: Request path contains unescaped characters',
    },
  })
})

it('answers with what the load balancer says to CONNECT', async () => {
  const { post } = await inspected(hello)
  const { json } = await post('/replay', { method: 'CONNECT', target: 'a.example:443' })
  expect(json.response.startLine).toBe('400 Bad Request')
})

it('asks once more for another protocol', async () => {
  const { url, post, recorder } = await inspected(hello)
  const head =
    'GET / HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  await send(Number(new URL(url).port), head)
  const { json } = await post('/replay', { id: 1 })
  expect(json.response.status).toBe(400)
  expect(recorder.exchange(2)?.entry?.errorReason).toBe('LambdaWebsocketNotSupported')
})

it('compares with an app that changes the protocol', async () => {
  const server = createServer().on('upgrade', (_, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: a\r\n\r\n')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = Object(server.address())
  const { post } = await inspected(hello)
  const { json } = await post('/compare', {
    url: `http://127.0.0.1:${port}`,
    lines: [
      ['Connection', 'upgrade'],
      ['Upgrade', 'a'],
    ],
  })
  expect([json.here.status, json.there.status]).toEqual([400, 101])
})

it('names the listener of an exchange that is under way', async () => {
  let answer = (): void => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const waiting: LambdaHandler = async (...all) => {
    await answered
    return hello(...all)
  }
  const { recorder, urlOf, page } = await inspected(waiting, {
    listeners: {
      Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('web')] },
      Other: { Port: 8080, Protocol: 'HTTP', DefaultActions: [forward('Api')] },
    },
  })
  const otherUrl = urlOf('Other')
  const response = fetch(otherUrl)
  await expect.poll(() => recorder.exchanges().length).toBe(1)
  const curl = await fetch(new URL(`/api/exchanges/1/curl${page.search}`, page))
  expect(await curl.text()).toContain(`'${otherUrl}/'`)
  answer()
  await response
})
