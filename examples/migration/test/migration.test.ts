import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let serving: ChildProcess
const ports = new Map<string, number>()

beforeAll(async () => {
  const script = fileURLToPath(new URL('../serve.mjs', import.meta.url))
  serving = spawn(process.execPath, [script, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (!serving.stdout) throw new Error('its output is no pipe')
  const printed: string[] = []
  serving.stderr?.on('data', (text) => printed.push(String(text)))
  for await (const line of createInterface({ input: serving.stdout })) {
    printed.push(line)
    const [, port, name] = /^Listening on \S+:(\d+) \((\w+),/.exec(line) ?? []
    if (name !== undefined) ports.set(name, Number(port))
    if (ports.size === 3) break
  }
  serving.stdout.resume()
  if (ports.size < 3) throw new Error(`it does not serve:\n${printed.join('\n')}`)
})

afterAll(async () => {
  const ended = once(serving, 'close')
  serving.kill('SIGTERM')
  await ended
})

interface Response {
  readonly statusLine: string
  /** But for those that say who answered, when and in what framing. */
  readonly lines: readonly string[]
  readonly body: string
  readonly isOfFunction: boolean
}

const notCompared = /^(date|server|connection|transfer-encoding|content-length): /i

/** Sends the request on a connection of its own; bytes have one character each. */
async function ask(listener: string, request: readonly string[], body = ''): Promise<Response> {
  const socket = connect(ports.get(listener) ?? 0, '127.0.0.1')
  const [requestLine, ...lines] = request
  const head = [requestLine, 'Host: shop.example', ...lines, 'Connection: close', '', body]
  socket.write(head.join('\r\n'), 'latin1')
  const received = (await buffer(socket)).toString('latin1')
  const end = received.indexOf('\r\n\r\n')
  const [statusLine = '', ...fields] = received.slice(0, end).split('\r\n')
  const isChunked = fields.some((line) => /^transfer-encoding: chunked$/i.test(line))
  const sent = received.slice(end + 4)
  return {
    statusLine,
    lines: fields.filter((line) => !notCompared.test(line)).sort(),
    body: isChunked ? unchunked(sent) : sent,
    // A function's answer is the load balancer's own.
    isOfFunction: fields.includes('Server: awselb/2.0'),
  }
}

function unchunked(text: string): string {
  const [, size = '0'] = /^([0-9a-f]+)\r\n/i.exec(text) ?? []
  const begin = size.length + 2
  const end = begin + Number.parseInt(size, 16)
  return size === '0' ? '' : text.slice(begin, end) + unchunked(text.slice(end + 2))
}

const json = '{"name":"Sch\xc3\xa4kel","price":3}'

describe('before and after a route is moved, a client gets the same bytes for', () => {
  it.each([
    ['a page', ['GET / HTTP/1.1']],
    ['the head of a page', ['HEAD / HTTP/1.1']],
    ['an image', ['GET /logo.png HTTP/1.1']],
    ['a page compressed', ['GET /style.css HTTP/1.1', 'Accept-Encoding: gzip']],
    ['what is not there', ['GET /nothing?a=%20&b HTTP/1.1']],
    ['a redirect', ['GET /catalogue HTTP/1.1']],
    ['a list', ['GET /api/parts?b=1&a=2 HTTP/1.1']],
    ['a part that is not there', ['GET /api/parts/%C3%A4 HTTP/1.1']],
    ['a report', ['GET /api/report.csv HTTP/1.1']],
    ['an error', ['GET /api/broken HTTP/1.1']],
    ['nobody signed in', ['GET /api/me HTTP/1.1']],
    ['a proxied route', ['GET /rates?x=1 HTTP/1.1']],
    ['a method that is not allowed', ['DELETE /api/parts HTTP/1.1']],
    ['JSON', ['POST /api/parts HTTP/1.1', 'Content-Type: application/json'], json],
    ['JSON that is none', ['POST /api/parts HTTP/1.1', 'Content-Type: application/json'], '{'],
    ['bytes', ['POST /rates HTTP/1.1', 'Content-Type: image/x'], '\x00\xff\xfe'],
  ] as [string, string[], string?][])('%s', async (_, request, body = '') => {
    const lines = body === '' ? request : [...request, `Content-Length: ${body.length}`]
    const { isOfFunction, ...before } = await ask('Before', lines, body)
    const after = await ask('After', lines, body)
    expect([isOfFunction, after.isOfFunction]).toEqual([false, true])
    expect({ ...after, isOfFunction: undefined }).toEqual({ ...before, isOfFunction: undefined })
  })
})

describe('on the listener of clients', () => {
  it.each([
    ['GET /api/parts HTTP/1.1', true],
    ['GET /api HTTP/1.1', false],
    ['GET / HTTP/1.1', false],
  ])('%s is answered by a function: %s', async (requestLine, isOfFunction) => {
    expect(await ask('Web', [requestLine])).toMatchObject({ isOfFunction })
  })

  it('a login in a function is a login in a container', async () => {
    const credentials = '{"name":"ada","password":"engine"}'
    const length = `Content-Length: ${credentials.length}`
    const login = ['POST /api/login HTTP/1.1', 'Content-Type: application/json', length]
    const { lines } = await ask('Web', login, credentials)
    const cookies = lines.flatMap((line) => /^set-cookie: ([^;]+)/i.exec(line)?.[1] ?? [])
    const me = ['GET /api/me HTTP/1.1', `Cookie: ${cookies.join('; ')}`]
    expect(await ask('Before', me)).toMatchObject({ statusLine: 'HTTP/1.1 200 OK' })
  })
})
