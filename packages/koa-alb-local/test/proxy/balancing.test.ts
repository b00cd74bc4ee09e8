import { describe, expect, it } from 'vitest'
import { open, optionsWith, send } from '../shared/application-load-balancer.ts'
import { optionsFor, serve } from '../shared/servers.ts'

/** Servers that answer with their names, each when it is let. */
async function named(...names: string[]): Promise<string[]> {
  return Promise.all(names.map((name) => serve((_, response) => response.end(name))))
}

const attributes = (values: Record<string, string>) => ({
  TargetGroupAttributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
})

describe('requests of a group', () => {
  it('go to its servers in turn', async () => {
    const url = (await open(optionsFor(await named('a', 'b', 'c')))).url('Web')
    const bodies: string[] = []
    for (let count = 0; count < 6; count += 1) bodies.push((await send(url)).body)
    expect(bodies.join('')).toMatch(/^(abcabc|bcabca|cabcab)$/)
  })

  it('go to the server with the fewest under way, by attribute', async () => {
    let answer = (): void => {}
    let arrived = (): void => {}
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const slow = await serve((_, response) => {
      answer = () => void response.end('slow')
      arrived()
    })
    const [quick = ''] = await named('quick')
    const algorithm = { 'load_balancing.algorithm.type': 'least_outstanding_requests' }
    const url = (await open(optionsFor([slow, quick], attributes(algorithm)))).url('Web')
    const waiting = [send(url), send(url)]
    await hasArrived
    for (let count = 0; count < 5; count += 1) expect((await send(url)).body).toBe('quick')
    answer()
    expect((await Promise.all(waiting)).map(({ body }) => body).sort()).toEqual(['quick', 'slow'])
  })

  it('may go to a group of servers or to a function by weight', async () => {
    const options = optionsWith()
    const [server = ''] = await named('server')
    const TargetGroups = [
      { TargetGroupArn: 'Ecs', Weight: 1 },
      { TargetGroupArn: 'Api', Weight: 1 },
    ]
    const loadBalancer = await open({
      ...options,
      listeners: {
        Web: {
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
        },
      },
      targetGroups: { ...options.targetGroups, Ecs: { TargetType: 'instance' } },
      servers: { Ecs: server },
    })
    const bodies = new Set<string>()
    while (bodies.size < 2) bodies.add((await send(loadBalancer.url('Web'))).body.slice(0, 6))
    expect([...bodies].sort()).toEqual(['server', '{"name'])
  })
})

describe('a client is bound to a server', () => {
  const cookiesOf = (headers: Readonly<Record<string, unknown>>): string[] =>
    [headers['set-cookie'] ?? []].flat().map(String)
  const sent = (cookies: string[]): { headers: { cookie: string } } => ({
    headers: { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') },
  })

  it('by AWSALB and AWSALBCORS, new with each answer', async () => {
    const sticky = attributes({
      'stickiness.enabled': 'true',
      'stickiness.lb_cookie.duration_seconds': '60',
    })
    const url = (await open(optionsFor(await named('a', 'b', 'c'), sticky))).url('Web')
    const first = await send(url)
    const cookies = cookiesOf(first.headers)
    expect(cookies.map((cookie) => cookie.replace(/=[\w+/=]+; Expires=[^;]+ GMT/, ''))).toEqual([
      'AWSALB; Path=/',
      'AWSALBCORS; Path=/; SameSite=None; Secure',
    ])
    for (let count = 0; count < 4; count += 1) {
      const next = await send(url, sent([cookies[count % 2] ?? '']))
      expect([next.body, cookiesOf(next.headers).length]).toEqual([first.body, 2])
    }
  })

  it('by AWSALBAPP-0 once the application sets its cookie, while both are sent', async () => {
    const servers = await Promise.all(
      ['a', 'b'].map((name) =>
        serve(({ url }, response) => {
          if (url === '/login') response.setHeader('Set-Cookie', 'session=1')
          response.end(name)
        }),
      ),
    )
    const sticky = attributes({
      'stickiness.enabled': 'true',
      'stickiness.type': 'app_cookie',
      'stickiness.app_cookie.cookie_name': 'session',
    })
    const url = (await open(optionsFor(servers, sticky))).url('Web')
    expect(cookiesOf((await send(url)).headers)).toEqual([])
    const login = await send(url, { target: '/login' })
    const cookies = cookiesOf(login.headers)
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['session', 'AWSALBAPP-0'])
    for (let count = 0; count < 4; count += 1) {
      expect((await send(url, sent(cookies))).body).toBe(login.body)
    }
    const own = new Set<string>()
    for (let count = 0; count < 2; count += 1) {
      own.add((await send(url, sent(cookies.slice(1)))).body)
    }
    expect(own.size).toBe(2)
  })
})
