import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { GroupHealth } from '../../src/health/group-health.ts'
import type {
  AlbEvent,
  ApplicationLoadBalancer,
  HealthChange,
  LambdaHandler,
  ListedTargetGroup,
  LogEntry,
  Target,
  TargetGroupProperties,
} from '../../src/index.ts'
import { createApplicationLoadBalancer, functionTarget } from '../../src/index.ts'
import { open, optionsWith, send, urlOf } from '../shared/application-load-balancer.ts'

const checked: TargetGroupProperties = {
  TargetType: 'lambda',
  Targets: [{ Id: 'api' }],
  HealthCheckEnabled: true,
}

function groupOf(loadBalancer: ApplicationLoadBalancer): ListedTargetGroup {
  const group = loadBalancer.targetGroups.get('Api')
  if (!group) throw new Error('no target group Api')
  return group
}

function monitored(
  handler: LambdaHandler,
  properties: Partial<TargetGroupProperties> = {},
  changes: HealthChange[] = [],
): ListedTargetGroup {
  const options = optionsWith({
    targetGroups: { Api: { ...checked, ...properties } },
    targets: { api: handler },
    logHealth: (change) => changes.push(change),
  })
  return groupOf(createApplicationLoadBalancer(options))
}

/** A handler that answers with these status codes in turn. */
function answering(...codes: number[]): LambdaHandler {
  return () => ({ statusCode: codes.shift() ?? 200 })
}

const group = {
  arn: 'Api',
  targetArn: 'arn:api',
  multiValueHeaders: false,
  reverseRepeatedHeaders: false,
  emptyBodyIsBase64Encoded: false,
}
const everyMillisecond = {
  path: '/',
  intervalMs: 1,
  timeoutMs: 1000,
  healthyThreshold: 1,
  unhealthyThreshold: 1,
  matcher: '200',
  matches: (status: number) => status === 200,
}

describe('without health checks', () => {
  it('a target is unavailable, and served', async () => {
    const loadBalancer = await open(optionsWith())
    expect(groupOf(loadBalancer).health).toEqual({
      State: 'unavailable',
      Reason: 'Target.HealthCheckDisabled',
    })
    expect((await send(urlOf(loadBalancer))).status).toBe(200)
  })

  it('the function is not called', async () => {
    let calls = 0
    const group = monitored(
      () => {
        calls += 1
      },
      { HealthCheckEnabled: false },
    )
    expect((await group.checkHealth()).State).toBe('unavailable')
    expect(calls).toBe(0)
  })
})

describe('the health-check event', () => {
  const eventFor = async (
    properties: Partial<TargetGroupProperties>,
  ): Promise<AlbEvent | undefined> => {
    const events: AlbEvent[] = []
    const group = monitored((event) => {
      events.push(event)
      return { statusCode: 200 }
    }, properties)
    await group.checkHealth()
    return events[0]
  }

  it('carries a lone user-agent in single mode', async () => {
    expect(await eventFor({})).toEqual({
      requestContext: { elb: { targetGroupArn: expect.stringContaining(':targetgroup/Api/') } },
      httpMethod: 'GET',
      path: '/',
      queryStringParameters: {},
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      body: '',
      isBase64Encoded: false,
    })
  })

  it('carries a lone user-agent in multi mode', async () => {
    const attributes = [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }]
    const event = await eventFor({ TargetGroupAttributes: attributes, HealthCheckPath: '/health' })
    expect(event).toEqual({
      requestContext: { elb: { targetGroupArn: expect.stringContaining(':targetgroup/Api/') } },
      httpMethod: 'GET',
      path: '/health',
      multiValueQueryStringParameters: {},
      multiValueHeaders: { 'user-agent': ['ELB-HealthChecker/2.0'] },
      body: '',
      isBase64Encoded: false,
    })
  })
})

describe('a target with health checks', () => {
  it('is initial until the first of them', () => {
    expect(monitored(answering()).health).toEqual({
      State: 'initial',
      Reason: 'Elb.InitialHealthChecking',
    })
  })

  it('is healthy after one success when it is new', async () => {
    expect(await monitored(answering(200)).checkHealth()).toEqual({ State: 'healthy' })
  })

  it('is unhealthy after as many failures as the threshold says', async () => {
    const group = monitored(answering(200, 500, 500))
    await group.checkHealth()
    expect((await group.checkHealth()).State).toBe('healthy')
    expect(await group.checkHealth()).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [500]',
    })
  })

  it('is healthy again after as many successes as the threshold says, in a row', async () => {
    const group = monitored(answering(500, 500, 200, 500, 200, 200), {
      HealthyThresholdCount: 2,
    })
    const states: string[] = []
    for (let check = 0; check < 6; check += 1) states.push((await group.checkHealth()).State)
    expect(states).toEqual([
      'initial',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'healthy',
    ])
  })

  it.each([
    ['200,302', 302, 'healthy'],
    ['200-299', 204, 'healthy'],
    ['200-299', 404, 'initial'],
  ])('of matcher %s that answers %i is %s', async (HttpCode, code, state) => {
    const group = monitored(answering(code), { Matcher: { HttpCode } })
    expect((await group.checkHealth()).State).toBe(state)
  })

  it('fails with a document that is not valid, or an error', async () => {
    const group = monitored(() => ({}), { UnhealthyThresholdCount: 2 })
    await group.checkHealth()
    expect(await group.checkHealth()).toMatchObject({
      State: 'unhealthy',
      Reason: 'Target.FailedHealthChecks',
      Description: 'statusCode is missing, must be an integer from 200 to 599',
    })
  })

  it.each<[string, Target]>([
    ['throws', { invoke: () => Promise.reject(new Error('no route')) }],
    [
      'throws at once',
      {
        invoke() {
          throw new Error('no route')
        },
      },
    ],
  ])('fails when the target %s', async (_, target) => {
    const targets = { api: target }
    const loadBalancer = await open(optionsWith({ targetGroups: { Api: checked }, targets }))
    const group = groupOf(loadBalancer)
    await group.checkHealth()
    expect(await group.checkHealth()).toEqual({
      State: 'unhealthy',
      Reason: 'Target.FailedHealthChecks',
      Description: 'Error: no route',
    })
  })

  it('fails when it takes longer than the timeout', async () => {
    const group = monitored(() => new Promise(() => {}), { HealthCheckTimeoutSeconds: 2 })
    await Promise.all([group.checkHealth(), group.checkHealth()])
    expect(group.health).toEqual({
      State: 'unhealthy',
      Reason: 'Target.Timeout',
      Description: 'Request timed out',
    })
  })

  it('tells of each change once', async () => {
    const changes: HealthChange[] = []
    const group = monitored(answering(200, 200, 500, 500, 500), {}, changes)
    for (let check = 0; check < 5; check += 1) await group.checkHealth()
    expect(changes.map(({ targetGroup, from, to }) => [targetGroup, from.State, to.State])).toEqual(
      [
        ['Api', 'initial', 'healthy'],
        ['Api', 'healthy', 'unhealthy'],
      ],
    )
  })
})

describe('health checks', () => {
  const unhealthy = async (): Promise<{
    loadBalancer: ApplicationLoadBalancer
    entries: LogEntry[]
  }> => {
    const entries: LogEntry[] = []
    const loadBalancer = await open(
      optionsWith({
        targetGroups: { Api: checked },
        targets: {
          api: (event) => ({ statusCode: event.headers?.host === undefined ? 500 : 200 }),
        },
        log: (entry) => entries.push(entry),
      }),
    )
    await groupOf(loadBalancer).checkHealth()
    await groupOf(loadBalancer).checkHealth()
    return { loadBalancer, entries }
  }

  it('fail open: an unhealthy target is served, as there is no other', async () => {
    const { loadBalancer } = await unhealthy()
    expect(groupOf(loadBalancer).health.State).toBe('unhealthy')
    expect((await send(urlOf(loadBalancer))).status).toBe(200)
  })

  it('count hosts in the metrics and are not on the access log', async () => {
    const { loadBalancer, entries } = await unhealthy()
    expect(loadBalancer.metrics).toMatchObject({ HealthyHostCount: 0, UnHealthyHostCount: 1 })
    expect(entries).toEqual([])
  })

  it('run when listening begins, and no more when the load balancer is closed', async () => {
    let calls = 0
    const loadBalancer = await open(
      optionsWith({
        targetGroups: {
          Api: { ...checked, HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2 },
        },
        targets: {
          api: () => {
            calls += 1
            return { statusCode: 200 }
          },
        },
      }),
    )
    await loadBalancer.close()
    // Node calls timers of the same length in the order they were started in.
    await new Promise((resolve) => setTimeout(resolve, 5000))
    expect(calls).toBe(1)
  })

  it('run in their interval', async () => {
    const thirdCall = new Promise((resolve) => {
      let calls = 0
      const target = functionTarget(() => {
        calls += 1
        if (calls === 3) resolve('called')
        return { statusCode: 200 }
      })
      const monitor = new GroupHealth('Api', { ...group, target }, everyMillisecond, {
        onChange: () => {},
      })
      onTestFinished(() => monitor.stop())
      monitor.start()
    })
    expect(await thirdCall).toBe('called')
  })
})

describe('without a logHealth option', () => {
  it('a change is one line on stderr', async () => {
    const written: string[] = []
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text))
      return true
    })
    onTestFinished(() => spy.mockRestore())
    const { logHealth, ...options } = optionsWith({
      targetGroups: { Api: checked },
      targets: { api: answering(404, 404) },
    })
    const group = groupOf(createApplicationLoadBalancer(options))
    await group.checkHealth()
    await group.checkHealth()
    expect(written).toEqual([
      'koa-alb-local: target group Api went from initial to unhealthy: Health checks failed with these codes: [404]\n',
    ])
  })
})
