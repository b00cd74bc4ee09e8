import { describe, expect, it } from 'vitest'
import type { ActionProperties } from '../../src/index.ts'
import {
  fixed,
  forward,
  naming,
  open,
  optionsWith,
  optionsWithRule,
  send,
  urlOf,
} from '../shared/application-load-balancer.ts'

describe('rules', () => {
  it('are tried by priority, not in the order they are written in', async () => {
    const rule = (Priority: number, path: string, body: string) => ({
      ListenerArn: 'Web',
      Priority,
      Conditions: [{ Field: 'path-pattern' as const, Values: [path] }],
      Actions: [fixed(body)],
    })
    const url = urlOf(
      await open(
        optionsWith({
          listenerRules: { All: rule(20, '/*', 'second'), A: rule(3, '/a', 'first') },
        }),
      ),
    )
    expect((await send(url, { target: '/a' })).body).toBe('first')
    expect((await send(url, { target: '/b' })).body).toBe('second')
  })

  it('belong to one listener', async () => {
    const loadBalancer = await open({
      ...optionsWithRule({}),
      listeners: {
        Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('default')] },
        Other: { Port: 8080, Protocol: 'HTTP', DefaultActions: [fixed('other')] },
      },
    })
    expect((await send(urlOf(loadBalancer))).body).toBe('matched')
    expect((await send(urlOf(loadBalancer, 'Other'))).body).toBe('other')
  })

  it('end with the default rule, which matches everything', async () => {
    const conditions = [{ Field: 'path-pattern' as const, Values: ['/a'] }]
    const url = urlOf(await open(optionsWithRule({ Conditions: conditions })))
    expect((await send(url, { target: '/b' })).body).toBe('default')
  })

  it('have their actions in the order of Order', async () => {
    const options = optionsWith({
      listeners: {
        Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [{ ...fixed('a'), Order: '2' }] },
      },
    })
    expect((await send(urlOf(await open(options)))).body).toBe('a')
  })
})

describe('a fixed response', () => {
  it('has its status, type and body, and the load balancer’s own lines', async () => {
    const action: ActionProperties = {
      Type: 'fixed-response',
      FixedResponseConfig: {
        StatusCode: '503',
        ContentType: 'application/json',
        MessageBody: '{}',
      },
    }
    const reply = await send(urlOf(await open(optionsWithRule({ Actions: [action] }))))
    expect({ ...reply, headers: { ...reply.headers, date: 'now' } }).toMatchObject({
      status: 503,
      body: '{}',
      headers: {
        server: 'awselb/2.0',
        date: 'now',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '2',
      },
    })
  })

  it('may be empty', async () => {
    const action: ActionProperties = {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: 204 },
    }
    const reply = await send(urlOf(await open(optionsWithRule({ Actions: [action] }))))
    expect(reply).toMatchObject({ status: 204, body: '' })
  })

  it('reads what the client uploads', async () => {
    const url = urlOf(await open(optionsWithRule({})))
    const reply = await send(url, { method: 'POST', body: 'x'.repeat(500_000) })
    expect(reply).toMatchObject({ status: 200, body: 'matched' })
  })

  it('takes an upload that a function would not', async () => {
    const url = urlOf(await open(optionsWithRule({})))
    const reply = await send(url, { method: 'POST', body: 'x'.repeat(2_000_000) })
    expect(reply).toMatchObject({ status: 200, body: 'matched' })
  })
})

describe('a forward action', () => {
  const groups = {
    Blue: { TargetType: 'lambda' as const, Targets: [{ Id: 'blue' }] },
    Green: { TargetType: 'lambda' as const, Targets: [{ Id: 'green' }] },
    Empty: { TargetType: 'lambda' as const },
  }
  const targets = { blue: naming('blue'), green: naming('green') }
  const options = (action: ActionProperties) =>
    optionsWith({
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [action] } },
      targetGroups: groups,
      targets,
    })
  const weighted = (weights: Record<string, number>): ActionProperties => ({
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
        TargetGroupArn,
        Weight,
      })),
    },
  })
  const nameOf = async (url: string): Promise<string> => JSON.parse((await send(url)).body).name

  it('goes to its target group, whose ARN is in the event', async () => {
    const reply = await send(urlOf(await open(options(forward('Green')))))
    const { name, event } = JSON.parse(reply.body)
    expect(name).toBe('green')
    expect(event.requestContext.elb.targetGroupArn).toMatch(
      /^arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup\/Green\/[0-9a-f]{16}$/,
    )
  })

  it('never goes to a group of weight 0', async () => {
    const url = urlOf(await open(options(weighted({ Blue: 0, Green: 1 }))))
    const names = await Promise.all(Array.from({ length: 20 }, () => nameOf(url)))
    expect(new Set(names)).toEqual(new Set(['green']))
  })

  it('goes to each group of equal weight now and then', async () => {
    const url = urlOf(await open(options(weighted({ Blue: 5, Green: 5 }))))
    const names = await Promise.all(Array.from({ length: 100 }, () => nameOf(url)))
    expect(new Set(names)).toEqual(new Set(['blue', 'green']))
  })

  it('does not fail over from an empty group', async () => {
    const url = urlOf(await open(options(weighted({ Empty: 1, Green: 0 }))))
    expect((await send(url)).status).toBe(503)
  })

  it('is answered with 503 when every weight is 0', async () => {
    const url = urlOf(await open(options(weighted({ Blue: 0, Green: 0 }))))
    expect((await send(url)).status).toBe(503)
  })

  it('has a mode per target group', async () => {
    const attributes = [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }]
    const loadBalancer = await open({
      ...options(forward('Blue')),
      targetGroups: { ...groups, Blue: { ...groups.Blue, TargetGroupAttributes: attributes } },
      targets: {
        ...targets,
        blue: (event) => ({
          statusCode: 200,
          multiValueHeaders: { 'x-mode': [event.multiValueHeaders ? 'multi' : 'single'] },
        }),
      },
    })
    expect((await send(urlOf(loadBalancer))).headers['x-mode']).toBe('multi')
  })
})
