import { describe, expect, it } from 'vitest'
import { createApplicationLoadBalancer, type LambdaHandler } from '../src/index.ts'
import { forward, open, optionsWith, send, urlOf } from './shared/application-load-balancer.ts'
import { open as connect } from './shared/client.ts'
import { head } from './shared/load-balancer.ts'

describe('an application load balancer', () => {
  it('does not listen until it is told to', async () => {
    const loadBalancer = createApplicationLoadBalancer(optionsWith())
    expect(loadBalancer.listeners.get('Web')?.server.listening).toBe(false)
    expect(() => loadBalancer.url('Web')).toThrow('not listening')
    await loadBalancer.close()
  })

  it('says which listeners there are when asked for another', () => {
    const loadBalancer = createApplicationLoadBalancer(optionsWith())
    expect(() => loadBalancer.url('Admin')).toThrow('there is no listener Admin, only Web')
  })

  it('has an ARN with its name', () => {
    const loadBalancer = createApplicationLoadBalancer(
      optionsWith({ loadBalancer: { Name: 'desk' } }),
    )
    expect(loadBalancer.arn).toMatch(
      /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/desk\/[0-9a-f]{16}$/,
    )
  })

  it('may listen again after it was closed', async () => {
    const loadBalancer = await open(optionsWith())
    await loadBalancer.close()
    await loadBalancer.listen({ ports: { Web: 0 } })
    expect((await send(urlOf(loadBalancer))).status).toBe(200)
  })

  it('rejects when a port is taken, and leaves no listener open', async () => {
    const first = await open(optionsWith())
    const port = Number(new URL(urlOf(first)).port)
    const action = forward('Api')
    const second = createApplicationLoadBalancer(
      optionsWith({
        listeners: {
          A: { Port: 80, Protocol: 'HTTP', DefaultActions: [action] },
          B: { Port: 81, Protocol: 'HTTP', DefaultActions: [action] },
        },
      }),
    )
    await expect(second.listen({ ports: { A: 0, B: port } })).rejects.toThrow('EADDRINUSE')
    expect(second.listeners.get('A')?.server.listening).toBe(false)
  })
})

describe('close', () => {
  it('answers what is under way and then ends the connection', async () => {
    let answer = (): void => {}
    let isInvoked = (): void => {}
    const invoked = new Promise<void>((resolve) => {
      isInvoked = resolve
    })
    const handler: LambdaHandler = async () => {
      isInvoked()
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return { statusCode: 200, body: 'done' }
    }
    const loadBalancer = await open(optionsWith({ targets: { api: handler } }))
    const client = await connect(Number(new URL(urlOf(loadBalancer)).port))
    client.write(head('GET / HTTP/1.1', 'Host: a.example'))
    await invoked
    const closed = loadBalancer.close()
    answer()
    await closed
    expect(await client.closed).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n\r\ndone$/,
    )
  })

  it('does not wait for a connection between two requests', async () => {
    const loadBalancer = await open(optionsWith())
    const client = await connect(Number(new URL(urlOf(loadBalancer)).port))
    client.write(head('HEAD / HTTP/1.1', 'Host: a.example'))
    await client.until('\r\n\r\n')
    await loadBalancer.close()
    expect(await client.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })
})

describe('the target of a group', () => {
  it('may be a Target', async () => {
    const target = { invoke: async () => ({ payload: '{"statusCode":204}' }) }
    const loadBalancer = await open(optionsWith({ targets: { api: target } }))
    expect((await send(urlOf(loadBalancer))).status).toBe(204)
  })
})
