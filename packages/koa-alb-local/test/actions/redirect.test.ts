import { describe, expect, it } from 'vitest'
import type { ActionProperties, LogEntry } from '../../src/index.ts'
import {
  open,
  optionsWith,
  optionsWithRule,
  type Reply,
  send,
  urlOf,
} from '../shared/application-load-balancer.ts'
import { send as sendBytes } from '../shared/client.ts'
import { request } from '../shared/observed.ts'

type Config = Omit<NonNullable<ActionProperties['RedirectConfig']>, 'StatusCode'>
interface Redirected {
  target?: string
  host?: string
  status?: 'HTTP_301' | 'HTTP_302'
}

async function redirect(
  config: Config,
  { target = '/', host = 'a.example', status = 'HTTP_301' }: Redirected = {},
): Promise<Reply> {
  const action: ActionProperties = {
    Type: 'redirect',
    RedirectConfig: { StatusCode: status, ...config },
  }
  const url = urlOf(await open(optionsWithRule({ Actions: [action] })))
  return send(url, { target, headers: { host } })
}

async function location(config: Config, target: string, host?: string): Promise<unknown> {
  return (await redirect(config, { target, ...(host !== undefined && { host }) })).headers.location
}

describe('a redirect', () => {
  it('has what is no URL of the request percent-encoded', async () => {
    const action: ActionProperties = {
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_301', Port: '81' },
    }
    const listeners = { Web: { Port: 80, Protocol: 'HTTP' as const, DefaultActions: [action] } }
    const url = urlOf(await open(optionsWith({ listeners })))
    const bytes = request('GET /a b\x01\xc3\xbc?\xff', 'Connection: close')
    const received = await sendBytes(Number(new URL(url).port), bytes)
    expect(received).toContain('\r\nLocation: http://a.example:81/a%20b%01%C3%BC?%FF\r\n')
  })

  it('to HTTPS keeps host, path and query, and names the port', async () => {
    expect(await location({ Protocol: 'HTTPS', Port: '443' }, '/a/b?c=d%20e')).toBe(
      'https://a.example:443/a/b?c=d%20e',
    )
  })

  it('takes what it does not change from the request', async () => {
    expect(await location({ Host: 'b.example' }, '/a')).toBe('http://b.example:80/a')
  })

  it('fills every placeholder in', async () => {
    const config = {
      Protocol: '#{protocol}',
      Host: 'x.#{host}',
      Port: '#{port}',
      Path: '/new/#{path}/#{host}/#{port}',
      Query: 'from=#{protocol}&#{query}',
    }
    expect(await location(config, '/a/b?c=d', 'A.example:1234')).toBe(
      'http://x.a.example:80/new/a/b/a.example/80?from=http&c=d',
    )
  })

  it('has no question mark without a query', async () => {
    expect(await location({ Path: '/b' }, '/a')).toBe('http://a.example:80/b')
    expect(await location({ Path: '/b', Query: '' }, '/a?c')).toBe('http://a.example:80/b')
  })

  it.each([
    ['HTTP_301', 301, '301 Moved Permanently', '134'],
    ['HTTP_302', 302, '302 Found', '110'],
  ] as const)('%s has a page of its own', async (status, code, title, length) => {
    const reply = await redirect({ Path: '/b' }, { status })
    expect(reply).toMatchObject({
      status: code,
      headers: { 'content-type': 'text/html', 'content-length': length },
    })
    expect(reply.body).toContain(`<center><h1>${title}</h1></center>\r\n`)
  })

  it('to more than 8 K is answered with 507', async () => {
    const target = `/${'a'.repeat(8200)}`
    expect((await redirect({ Host: 'b.example' }, { target })).status).toBe(507)
  })

  it('shows its location on the log', async () => {
    const entries: LogEntry[] = []
    const action: ActionProperties = {
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_302', Path: '/b' },
    }
    const loadBalancer = await open({
      ...optionsWithRule({ Actions: [action] }),
      log: (entry) => entries.push(entry),
    })
    await send(urlOf(loadBalancer), { headers: { host: 'a.example' } })
    await loadBalancer.close()
    expect(entries).toMatchObject([
      { rulePriority: 1, actions: ['redirect'], redirectUrl: 'http://a.example:80/b' },
    ])
  })
})
