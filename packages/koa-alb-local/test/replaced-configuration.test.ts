import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createObservedLoadBalancer,
  type ReplaceableLoadBalancer,
} from '../src/application-load-balancer.ts'
import type { ApplicationLoadBalancerOptions } from '../src/index.ts'
import { fixed, naming, optionsWith, send } from './shared/application-load-balancer.ts'
import { open as openClient } from './shared/client.ts'
import { serve } from './shared/servers.ts'

async function open(options: ApplicationLoadBalancerOptions): Promise<ReplaceableLoadBalancer> {
  const loadBalancer = createObservedLoadBalancer(options)
  await loadBalancer.listen({ ports: { Web: 0 } })
  onTestFinished(() => loadBalancer.close())
  return loadBalancer
}

function web(body: string, listener: object = {}): ApplicationLoadBalancerOptions {
  return optionsWith({
    listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed(body)], ...listener } },
  })
}

const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const portOf = (loadBalancer: ReplaceableLoadBalancer): number =>
  Number(new URL(loadBalancer.url('Web')).port)

describe('a configuration that takes the place of another', () => {
  it('answers the next request of a connection', async () => {
    const loadBalancer = await open(web('one'))
    const client = await openClient(portOf(loadBalancer))
    client.write(request)
    await client.until('one')
    await loadBalancer.prepare(web('two')).serve()
    client.write(request)
    expect(await client.until('two')).toMatch(/one.*two$/s)
  })

  it('leaves a request that is under way to the one before, and tells of its end', async () => {
    let release = (): void => {}
    let isOver = false
    const entered = new Promise<void>((enter) => {
      release = enter
    })
    const logged: string[] = []
    let answer = (): void => {}
    const slow = (): Promise<unknown> =>
      new Promise((resolve) => {
        answer = () => resolve({ statusCode: 200, headers: {}, body: 'old' })
        release()
      })
    const loadBalancer = await open(
      optionsWith({ targets: { api: slow }, log: ({ status }) => logged.push(`old ${status}`) }),
    )
    const underWay = send(loadBalancer.url('Web'))
    await entered
    const log = (): void => void logged.push('new')
    const { over } = await loadBalancer.prepare({ ...web('new'), log }).serve()
    const told = over.then(() => {
      isOver = true
    })
    expect((await send(loadBalancer.url('Web'))).body).toBe('new')
    expect(isOver).toBe(false)
    answer()
    expect((await underWay).body).toBe('old')
    await told
    expect(logged).toEqual(['new', 'old 200'])
  })

  it('has its idle timeout hold for connections that are open', async () => {
    const seconds = (Value: string) => ({
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value }],
    })
    const loadBalancer = await open({ ...web('one'), loadBalancer: seconds('60') })
    const client = await openClient(portOf(loadBalancer))
    client.write(request)
    await client.until('one')
    await loadBalancer.prepare({ ...web('two'), loadBalancer: seconds('1') }).serve()
    client.write(request)
    await client.until('two')
    expect(await client.closed).toMatch(/two$/)
  })

  it('signs with the same key, as long as neither key nor name are others', async () => {
    const loadBalancer = await open(web('one'))
    const { keyId } = loadBalancer.identityKey
    await loadBalancer.prepare(web('two')).serve()
    expect(loadBalancer.identityKey.keyId).toBe(keyId)
    await loadBalancer.prepare({ ...web('three'), loadBalancer: { Name: 'other' } }).serve()
    expect(loadBalancer.identityKey.keyId).not.toBe(keyId)
  })

  it('changes nothing when it is refused', async () => {
    const loadBalancer = await open(web('one'))
    expect(() => loadBalancer.prepare(web('two', { Port: 0 }))).toThrow('listeners.Web.Port')
    expect((await send(loadBalancer.url('Web'))).body).toBe('one')
  })

  it('changes nothing when a new listener finds its port taken', async () => {
    const loadBalancer = await open(web('one'))
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { listeners } = web('two')
    const both = { Free: { ...listeners.Web, Port: 81 }, More: { ...listeners.Web, Port: 82 } }
    const next = { ...web('two'), listeners: { ...listeners, ...both } }
    // Its listeners are those of `web`.
    const serving = loadBalancer.prepare(next as ApplicationLoadBalancerOptions)
    await expect(serving.serve({ Free: 0, More: port })).rejects.toThrow('EADDRINUSE')
    expect((await send(loadBalancer.url('Web'))).body).toBe('one')
    expect([...loadBalancer.listeners.keys()]).toEqual(['Web'])
  })

  it('gives the port of a listener that is gone to one that is new', async () => {
    const loadBalancer = await open(web('one'))
    const port = portOf(loadBalancer)
    const listeners = {
      New: { Port: 81, Protocol: 'HTTP', DefaultActions: [fixed('two')] },
    } as const
    await loadBalancer.prepare({ ...web('two'), listeners }).serve({ New: port })
    expect((await send(`http://127.0.0.1:${port}`)).body).toBe('two')
  })
})

it('tells at each change of the end of a request by a listener whose port another one has', async () => {
  let answer = (): void => {}
  let slow = (): Promise<unknown> => Promise.resolve()
  const entered = new Promise<void>((enter) => {
    slow = () => {
      enter()
      return new Promise((resolve) => {
        answer = () => resolve({ statusCode: 200, headers: {}, body: 'old' })
      })
    }
  })
  const loadBalancer = await open(optionsWith({ targets: { api: () => slow() } }))
  const port = portOf(loadBalancer)
  const underWay = send(loadBalancer.url('Web'))
  await entered
  const listeners = {
    Other: { Port: 81, Protocol: 'HTTP', DefaultActions: [fixed('new')] },
  } as const
  const next = optionsWith({ listeners })
  const first = await loadBalancer.prepare(next).serve({ Other: port })
  const second = await loadBalancer.prepare(next).serve()
  const events: string[] = []
  const told = [first, second].map(({ over }) => over.then(() => events.push('over')))
  expect((await send(loadBalancer.url('Other'))).body).toBe('new')
  events.push('answered')
  answer()
  expect((await underWay).body).toBe('old')
  await Promise.all(told)
  expect(events).toEqual(['answered', 'over', 'over'])
})

describe('the health of the targets of a group', () => {
  const checked = (
    group: object = {},
    targets: ApplicationLoadBalancerOptions['targets'] = { api: naming('api') },
  ): ApplicationLoadBalancerOptions =>
    optionsWith({
      targetGroups: {
        Api: {
          TargetType: 'lambda',
          Targets: [{ Id: 'api' }],
          HealthCheckEnabled: true,
          ...group,
        },
      },
      targets,
    })

  async function healthy(): Promise<ReplaceableLoadBalancer> {
    const loadBalancer = await open(checked())
    expect(await loadBalancer.targetGroups.get('Api')?.checkHealth()).toEqual({ State: 'healthy' })
    return loadBalancer
  }

  it.each([
    ['nothing of the group is another', {}],
    ['the group is another', { TargetGroupAttributes: multi() }],
    ['its checks are others', { HealthCheckPath: '/up' }],
  ])('stays when %s', async (_what, group) => {
    const loadBalancer = await healthy()
    await loadBalancer.prepare(checked(group)).serve()
    expect(loadBalancer.targetGroups.get('Api')?.health).toEqual({ State: 'healthy' })
  })

  it('is counted among the metrics of those that are there', async () => {
    const loadBalancer = await healthy()
    expect(loadBalancer.metrics.HealthyHostCount).toBe(1)
    await loadBalancer.prepare(checked({ HealthCheckEnabled: false })).serve()
    expect(loadBalancer.metrics.HealthyHostCount).toBe(0)
  })

  it('begins anew with another target', async () => {
    const loadBalancer = await healthy()
    const hanging = { other: () => new Promise(() => {}) }
    await loadBalancer.prepare(checked({ Targets: [{ Id: 'other' }] }, hanging)).serve()
    expect(loadBalancer.targetGroups.get('Api')?.health.State).toBe('initial')
  })

  it('is that of checks with what is registered now', async () => {
    const loadBalancer = await healthy()
    const failing = { api: () => ({ statusCode: 500 }) }
    await loadBalancer.prepare(checked({ UnhealthyThresholdCount: 2 }, failing)).serve()
    const group = loadBalancer.targetGroups.get('Api')
    await group?.checkHealth()
    expect((await group?.checkHealth())?.State).toBe('unhealthy')
  })

  function multi() {
    return [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }]
  }
})

it('keeps the connections to servers that are registered before and after', async () => {
  const seen: (number | undefined)[] = []
  const url = await serve(({ socket, headers }, response) => {
    if (!headers['user-agent']?.startsWith('ELB-')) seen.push(socket.remotePort)
    response.end()
  })
  const options = (body: string): ApplicationLoadBalancerOptions => ({
    ...web(body),
    listeners: {
      Web: {
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Ecs' }],
      },
    },
    targetGroups: { Ecs: { TargetType: 'ip' } },
    servers: { Ecs: url },
  })
  const loadBalancer = await open(options('one'))
  await send(loadBalancer.url('Web'))
  await loadBalancer.prepare(options('two')).serve()
  await send(loadBalancer.url('Web'))
  expect(seen).toHaveLength(2)
  expect(seen[0]).toBe(seen[1])
})
