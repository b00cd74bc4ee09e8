import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { formatHealthCheckLog, type HealthCheckEntry } from '../../src/index.ts'
import { open, optionsWith } from '../shared/application-load-balancer.ts'
import { nobody, optionsFor, serve } from '../shared/servers.ts'

const passed: HealthCheckEntry = {
  type: 'http',
  checkedAt: new Date('2025-10-31T12:44:59.875Z'),
  latencyMs: 19.584_011,
  target: '172.31.20.97:80',
  targetGroup: 'HCLogsTestIPs',
  isSuccess: true,
  status: 200,
  loadBalancer: 'app/my-loadbalancer/50dc6c495c0c9188',
}

describe('a line of the health check log', () => {
  it('has 10 fields', () => {
    expect(formatHealthCheckLog(passed)).toBe(
      'http 2025-10-31T12:44:59.875000Z 0.019584011 172.31.20.97:80 HCLogsTestIPs PASS 200 - app/my-loadbalancer/50dc6c495c0c9188 -',
    )
  })

  it('has status and reason of a check that failed', () => {
    const failed = { ...passed, isSuccess: false, status: 502, reason: 'TargetError' } as const
    expect(formatHealthCheckLog(failed)).toContain(' HCLogsTestIPs FAIL 502 TargetError app/')
  })

  it('has no status where the target did not answer', () => {
    const { status, ...rest } = passed
    const failed = { ...rest, isSuccess: false, reason: 'TimedOut' } as const
    expect(formatHealthCheckLog(failed)).toContain(' FAIL - TimedOut app/')
  })

  it('stays a line of 10 fields whatever the names', () => {
    const line = formatHealthCheckLog({ ...passed, target: 'a b\n"c"', targetGroup: 'ü' })
    expect(line.split(/\s/)).toHaveLength(10)
    expect(line).toContain(' a%20b%0A%22c%22 %C3%BC PASS ')
  })
})

async function linesOf(
  group: string,
  options: (logHealthCheck: (entry: HealthCheckEntry) => void) => Parameters<typeof open>[0],
): Promise<string> {
  const entries: HealthCheckEntry[] = []
  const loadBalancer = await open(options((entry) => entries.push(entry)))
  await loadBalancer.targetGroups.get(group)?.checkHealth()
  return entries.map(formatHealthCheckLog)[0] ?? ''
}

describe('a health check on the log', () => {
  const target = 'arn:aws:lambda:us-east-1:123456789012:function:api'

  it.each([
    [200, 'PASS 200 -'],
    [404, 'FAIL 404 ResponseCodeMismatch'],
    [503, 'FAIL 503 TargetError'],
  ])('of a function that answers %i is %s', async (statusCode, end) => {
    const line = await linesOf('Api', (logHealthCheck) =>
      optionsWith({
        targetGroups: {
          Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }], HealthCheckEnabled: true },
        },
        targets: { api: () => ({ statusCode }) },
        logHealthCheck,
      }),
    )
    expect(line).toMatch(/^lambda \d{4}-\d\d-\d\dT\S+Z \d+\.\d{9} /)
    expect(line).toContain(` ${target} Api ${end} app/koa-alb-local/`)
  })

  it('of a server has its address, and its status', async () => {
    const url = await serve(createServer((_, response) => void response.writeHead(200).end()))
    const line = await linesOf('Ecs', (logHealthCheck) => ({ ...optionsFor(url), logHealthCheck }))
    expect(line).toMatch(/^http /)
    expect(line).toContain(` ${url.slice('http://'.length)} Ecs PASS 200 - `)
  })

  it('of a server that nobody is at has no status', async () => {
    const url = await nobody()
    const line = await linesOf('Ecs', (logHealthCheck) => ({ ...optionsFor(url), logHealthCheck }))
    expect(line).toContain(` ${url.slice('http://'.length)} Ecs FAIL - ConnectionReset `)
  })
})
