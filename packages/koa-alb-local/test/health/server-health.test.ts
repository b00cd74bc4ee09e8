import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HealthChange } from '../../src/index.ts'
import { open, send } from '../shared/application-load-balancer.ts'
import { nobody, optionsFor, serve } from '../shared/servers.ts'

async function answering(
  status: () => number,
  seen: (lines: readonly string[], url: string) => void = () => {},
): Promise<string> {
  const server = createServer((incoming, response) => {
    const isCheck = incoming.headers['user-agent']?.startsWith('ELB-')
    if (isCheck) seen(incoming.rawHeaders, incoming.url ?? '')
    response.writeHead(isCheck ? status() : 200).end(String(status()))
  })
  return serve(server)
}

describe('health checks of servers', () => {
  it('ask for the path, as the load balancer', async () => {
    let asked: readonly string[] = []
    const url = await answering(
      () => 200,
      (lines, path) => {
        asked = [path, ...lines]
      },
    )
    const loadBalancer = await open(optionsFor(url, { HealthCheckPath: '/up' }))
    expect(await loadBalancer.targetGroups.get('Ecs')?.checkHealth()).toEqual({ State: 'healthy' })
    expect(asked).toEqual([
      '/up',
      'Host',
      url.slice('http://'.length),
      'Connection',
      'close',
      'User-Agent',
      'ELB-HealthChecker/2.0',
      'Accept-Encoding',
      'gzip, compressed',
    ])
  })

  it.each([
    ['//up', '//up'],
    ['//', '//'],
    ['/a/../up?a#b', '/a/../up?a#b'],
    ['/ä b', '/%C3%A4%20b'],
  ])('ask for the path as it is written: %s', async (HealthCheckPath, asked) => {
    const paths: string[] = []
    const url = await answering(
      () => 200,
      (_, path) => paths.push(path),
    )
    const loadBalancer = await open(optionsFor(url, { HealthCheckPath }))
    expect(await loadBalancer.targetGroups.get('Ecs')?.checkHealth()).toEqual({ State: 'healthy' })
    expect(new Set(paths)).toEqual(new Set([asked]))
  })

  it('fail when the server changes the protocol', async () => {
    const server = createTcpServer((socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: a\r\n\r\n')
    })
    server.listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = Object(server.address())
    const loadBalancer = await open(optionsFor(`http://127.0.0.1:${port}`))
    const group = loadBalancer.targetGroups.get('Ecs')
    await group?.checkHealth()
    expect(await group?.checkHealth()).toMatchObject({
      State: 'unhealthy',
      Description: 'Health checks failed with these codes: [101]',
    })
  })

  it('keep requests from a server that is unhealthy, until it is healthy again', async () => {
    let status = 200
    const bad = await answering(() => status)
    const good = await answering(() => 204)
    const changes: HealthChange[] = []
    const loadBalancer = await open(
      optionsFor(
        [bad, good],
        { Matcher: { HttpCode: '200,204' }, HealthyThresholdCount: 2 },
        {
          logHealth: (change) => void changes.push(change),
        },
      ),
    )
    const group = loadBalancer.targetGroups.get('Ecs')
    const answers = async (): Promise<string[]> => {
      const url = loadBalancer.url('Web')
      const bodies = new Set([(await send(url)).body, (await send(url)).body])
      return [...bodies].sort()
    }
    await group?.checkHealth()
    expect(await answers()).toEqual(['200', '204'])
    status = 500
    for (let count = 0; count < 3; count += 1) await group?.checkHealth()
    expect(Object.values(group?.servers ?? {}).map(({ State }) => State)).toEqual([
      'unhealthy',
      'healthy',
    ])
    expect(group?.health.State).toBe('healthy')
    expect(await answers()).toEqual(['204'])
    status = 200
    for (let count = 0; count < 3; count += 1) await group?.checkHealth()
    expect(await answers()).toEqual(['200', '204'])
    expect(changes.at(-1)).toMatchObject({ server: bad.slice('http://'.length) })
  })

  it('fail open: requests go to unhealthy servers when there are no others', async () => {
    const loadBalancer = await open(optionsFor(await answering(() => 500)))
    const group = loadBalancer.targetGroups.get('Ecs')
    await group?.checkHealth()
    await group?.checkHealth()
    expect(group?.health).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [500]',
    })
    expect((await send(loadBalancer.url('Web'))).status).toBe(200)
  })

  it.each([
    ['nobody listens', nobody, 'Target.FailedHealthChecks'],
    ['nothing is answered', () => serve(createServer(() => {})), 'Target.Timeout'],
  ])('fail when %s', async (_, start, reason) => {
    const settings = { HealthCheckTimeoutSeconds: 2, HealthCheckIntervalSeconds: 5 }
    const loadBalancer = await open(optionsFor(await start(), settings))
    const group = loadBalancer.targetGroups.get('Ecs')
    await group?.checkHealth()
    expect((await group?.checkHealth())?.Reason).toBe(reason)
  })
})
