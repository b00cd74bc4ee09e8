import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { CurrentListener } from '../../src/connections/current-listener.ts'
import { createHttp1Server } from '../../src/connections/http1.ts'
import { createHttpsServer } from '../../src/connections/https.ts'
import { defaultHeaderAttributes } from '../../src/request/forwarded.ts'
import type { Listener } from '../../src/rules/listener.ts'
import { defaultRule } from '../../src/rules/rule.ts'
import { open, optionsWith } from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { certificate } from '../shared/https-listener.ts'
import { head } from '../shared/load-balancer.ts'
import { request } from '../shared/observed.ts'
import { connectHttp2, request2 } from '../shared/tls-clients.ts'

const good: Listener = {
  loadBalancer: 'app/any/1',
  protocol: 'http',
  port: 80,
  rules: [
    defaultRule({
      name: 'fixed-response',
      answer: async () => ({
        status: 200,
        phrase: 'OK',
        lines: [],
        body: Buffer.from('ok'),
        keepAlive: true,
      }),
    }),
  ],
  headers: defaultHeaderAttributes,
  idleTimeoutMs: 200,
  clientKeepAliveMs: 3_600_000,
  desyncMode: 'defensive',
  isClosing: () => false,
  addedHeaders: () => new Map(),
  changeResponse: (lines) => lines,
  log: () => {},
}

interface Broken {
  readonly listener: Listener
  mend(): void
}

/** A listener that throws when this member of it is read. */
function broken(member: keyof Listener): Broken {
  let isBroken = false
  const listener = new Proxy(good, {
    get(target, name, receiver) {
      if (isBroken && name === member) throw new Error(`no ${member}`)
      return Reflect.get(target, name, receiver)
    },
  })
  // Its server takes some members at the start.
  queueMicrotask(() => {
    isBroken = true
  })
  return {
    listener,
    mend() {
      isBroken = false
    },
  }
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  // Listening on TCP, so the address is no pipe name.
  return (server.address() as AddressInfo).port
}

const said: string[] = []
beforeEach(() => {
  said.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
})
afterEach(() => void vi.restoreAllMocks())

const get = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close')
const report = (where: string, member: string): RegExp =>
  new RegExp(
    `koa-alb-local: not foreseen, ${where}; .*\nError: no ${member}\n[^]*Please report this`,
  )

describe('what throws over HTTP/1 is reported, and the next client is answered:', () => {
  it.each<[member: keyof Listener, where: string, bytes: string]>([
    ['loadBalancer', 'when a request was answered', get],
    ['changeResponse', 'when a request was answered', get],
    ['clientKeepAliveMs', 'when a request was answered', get],
    ['isClosing', 'when a request was answered', get],
    ['log', 'when a request was logged', get],
    ['changeResponse', 'when a connection failed', 'nonsense\r\n\r\n'],
    ['log', 'when a connection failed', 'nonsense\r\n\r\n'],
    ['log', 'when a connection failed', head('CONNECT a.example:1 HTTP/1.1', 'Host: a.example:1')],
    ['log', 'when a connection was idle', 'GET / HTTP/1.1\r\n'],
    ['changeResponse', 'when a connection was idle', ''],
    ['log', 'when the next request of a connection was due', `${request('GET /')}nonsense\r\n\r\n`],
  ])('%s, %s', async (member, where, bytes) => {
    const { listener, mend } = broken(member)
    const port = await portOf(createHttp1Server(new CurrentListener(listener)))
    await send(port, bytes)
    mend()
    expect(said.join('')).toMatch(report(where, member))
    expect(await send(port, get)).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  })

  it('an action that throws is a 500 with its reason on the log', async () => {
    const details: unknown[] = []
    const { listener, mend } = broken('addedHeaders')
    const observed = new Proxy(listener, {
      get: (target, name) =>
        name === 'log' ? details.push.bind(details) : Reflect.get(target, name),
    })
    const port = await portOf(createHttp1Server(new CurrentListener(observed)))
    expect(await send(port, get)).toMatch(/^HTTP\/1.1 500 /)
    mend()
    expect(details).toMatchObject([
      { detail: 'the load balancer failed, please report this: Error: no addedHeaders' },
    ])
    expect(await send(port, get)).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  })
})

const settings = {
  certificates: new Map([['arn:a', certificate]]),
  minVersion: 'TLSv1.2',
  isHttp2Enabled: true,
  clientCertificates: { mode: 'off' },
} as const

describe('what throws over HTTP/2 is reported, and the next client is answered:', () => {
  it.each<[member: keyof Listener, where: string]>([
    ['idleTimeoutMs', 'when a connection was secured'],
    ['clientKeepAliveMs', 'when an HTTP/2 request came'],
    ['loadBalancer', 'when a request was answered'],
    ['changeResponse', 'when a request was answered'],
    ['isClosing', 'when a request was answered'],
    ['log', 'when a request was logged'],
  ])('%s, %s', async (member, where) => {
    const { listener, mend } = broken(member)
    const url = `https://127.0.0.1:${await portOf(createHttpsServer(new CurrentListener(listener), settings).server)}`
    const session = connectHttp2(url)
    const stream = session.request({ ':path': '/' })
    stream.on('error', () => {}).resume()
    await new Promise((resolve) => stream.once('close', resolve))
    session.destroy()
    await vi.waitUntil(() => said.length > 0)
    mend()
    expect(said.join('')).toMatch(report(where, member))
    expect((await request2(connectHttp2(url), { ':path': '/' })).body).toBe('ok')
  })
})

it.each<[option: 'logConnection' | 'logHealth' | 'logHealthCheck', where: string]>([
  ['logConnection', 'when a connection was logged'],
  ['logHealth', 'when health was logged'],
  ['logHealthCheck', 'when a health check was logged'],
])('a logger that throws is reported, and clients are answered: %s', async (option, where) => {
  const options = optionsWith({
    targetGroups: {
      Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }], HealthCheckEnabled: true },
    },
    [option]: () => {
      throw new Error(`no ${option}`)
    },
  })
  const loadBalancer = await open(options)
  expect((await fetch(loadBalancer.url('Web'))).status).toBe(200)
  await vi.waitUntil(() => said.length > 0)
  expect(said.join('')).toMatch(report(where, option))
})
