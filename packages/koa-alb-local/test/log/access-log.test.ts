import { describe, expect, it } from 'vitest'
import { formatAccessLog, type LogEntry } from '../../src/index.ts'
import { fixed, open, optionsWith, send, urlOf } from '../shared/application-load-balancer.ts'

const forwarded: LogEntry = {
  type: 'http',
  loadBalancer: 'app/my-loadbalancer/50dc6c495c0c9188',
  requestedAt: new Date('2018-11-30T22:22:48.364Z'),
  answeredAt: new Date('2018-11-30T22:23:00.186Z'),
  client: '192.168.131.39:2817',
  listenerPort: 80,
  localAddress: '10.0.0.9',
  connectionTraceId: 'TID_dc57cebed65b444eaf5c60c1ae2ba53b',
  method: 'GET',
  target: '/a?b=c',
  httpVersion: '1.1',
  host: 'www.example.com',
  userAgent: 'curl/7.46.0',
  rulePriority: 0,
  ruleEvaluations: 0,
  actions: ['forward'],
  targetGroupArn:
    'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067',
  status: 200,
  targetStatus: 200,
  traceId: 'Root=1-58337364-23a8c76965a2ef7629b185e3',
  requestProcessingMs: 0.4,
  targetProcessingMs: 48,
  responseProcessingMs: 37,
  receivedBytes: 34,
  sentBytes: 366,
}
const tls = {
  cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
  protocol: 'TLSv1.2',
  serverName: 'www.example.com',
  certificateArn:
    'arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012',
}

describe('a line of the access log', () => {
  it('has 34 fields for a forwarded request', () => {
    expect(formatAccessLog(forwarded)).toBe(
      'http 2018-11-30T22:23:00.186000Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.048 0.037 200 200 34 366 "GET http://www.example.com:80/a?b=c HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "-" "-" "-" "-" "-" TID_dc57cebed65b444eaf5c60c1ae2ba53b "-" "-" "-" 10.0.0.9',
    )
  })

  it('says why an invocation failed, with no target status', () => {
    const { targetStatus, ...failed } = forwarded
    const line = formatAccessLog({ ...failed, status: 502, errorReason: 'LambdaInvalidResponse' })
    expect(line).toContain(' 502 - 34 366 ')
    expect(line).toContain(' "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-" ')
  })

  it('names cipher, protocol, domain and certificate for HTTPS', () => {
    expect(
      formatAccessLog({ ...forwarded, type: 'h2', httpVersion: '2.0', listenerPort: 443, tls }),
    ).toBe(
      'h2 2018-11-30T22:23:00.186000Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.048 0.037 200 200 34 366 "GET https://www.example.com:443/a?b=c HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337364-23a8c76965a2ef7629b185e3" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 0 2018-11-30T22:22:48.364000Z "forward" "-" "-" "-" "-" "-" "-" TID_dc57cebed65b444eaf5c60c1ae2ba53b "-" "-" "-" 10.0.0.9',
    )
  })

  it('names every action, the redirect and the rewritten request', () => {
    const line = formatAccessLog({
      ...forwarded,
      actions: ['rewrite', 'redirect'],
      redirectUrl: 'https://b.example:443/',
      transformedHost: 'b.example',
      transformedUri: '/x',
      transformStatus: 'TransformSuccess',
      classification: 'Ambiguous',
      classificationReason: 'SuspiciousHeader',
    })
    expect(line).toMatch(
      /"rewrite,redirect" "https:\/\/b\.example:443\/" "-" "-" "-" "Ambiguous" "SuspiciousHeader" TID_\w+ "b\.example" "\/x" "TransformSuccess" 10\.0\.0\.9$/,
    )
  })

  it('has no name for jwt-validation', () => {
    const line = formatAccessLog({ ...forwarded, actions: ['jwt-validation', 'forward'] })
    expect(line).toContain(' "forward" "-" "-" ')
  })

  it('has -1 for what was not reached, and - for what is not known', () => {
    const line = formatAccessLog({
      type: 'http',
      loadBalancer: 'app/a/b',
      requestedAt: new Date('2020-01-01T00:00:00Z'),
      answeredAt: new Date('2020-01-01T00:00:00Z'),
      client: '127.0.0.1:1',
      listenerPort: 80,
      localAddress: '127.0.0.1',
      connectionTraceId: 'TID_0',
      method: '-',
      target: '-',
      httpVersion: '-',
      actions: [],
      status: 400,
      receivedBytes: 8,
      sentBytes: 300,
    })
    expect(line).toBe(
      'http 2020-01-01T00:00:00.000000Z app/a/b 127.0.0.1:1 - -1 -1 -1 400 - 8 300 "- http://-:80- -" "-" - - - "-" "-" "-" - 2020-01-01T00:00:00.000000Z "-" "-" "-" "-" "-" "-" "-" TID_0 "-" "-" "-" 127.0.0.1',
    )
  })

  it('stays one line of known fields whatever the client sends', () => {
    const line = formatAccessLog({ ...forwarded, userAgent: 'a" "b\r\n\\\xe9' })
    expect(line).toContain(' "a\\" \\"b\\x0d\\x0a\\\\\\xe9" - - ')
  })

  it('cuts the user agent at 8 KB', () => {
    const line = formatAccessLog({ ...forwarded, userAgent: 'x'.repeat(9000) })
    expect(line).toContain(` "${'x'.repeat(8192)}" `)
  })

  it('has the URL of a real exchange as the client sent it', async () => {
    const lines: string[] = []
    const options = optionsWith({
      loadBalancer: { Name: 'desk' },
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('a')] } },
      log: (entry) => lines.push(formatAccessLog(entry)),
    })
    const loadBalancer = await open(options)
    const headers = { host: 'a.example', 'user-agent': 'probe' }
    await send(urlOf(loadBalancer), { target: '/A%2fb/../%63?d=%65', headers })
    await loadBalancer.close()
    expect(lines).toEqual([
      expect.stringMatching(
        /^http \S+Z app\/desk\/[0-9a-f]{16} 127\.0\.0\.1:\d+ - -1 -1 -1 200 - 91 \d+ "GET http:\/\/a\.example:80\/A%2fb\/\.\.\/%63\?d=%65 HTTP\/1\.1" "probe" - - - "-" "-" "-" 0 \S+Z "fixed-response" "-" "-" "-" "-" "-" "-" TID_[0-9a-f]{32} "-" "-" "-" 127\.0\.0\.1$/,
      ),
    ])
  })
})
