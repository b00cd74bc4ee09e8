import { describe, expect, it } from 'vitest'
import type { ActionProperties, LambdaHandler, Metrics, Target } from '../../src/index.ts'
import { fixed, forward, open, optionsWith, urlOf } from '../shared/application-load-balancer.ts'
import { send as sendBytes } from '../shared/client.ts'
import { head } from '../shared/load-balancer.ts'

async function metricsAfter(
  action: ActionProperties,
  target: LambdaHandler | Target = () => ({ statusCode: 200 }),
  request = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close'),
): Promise<Metrics> {
  const loadBalancer = await open(
    optionsWith({
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [action] } },
      listenerRules: {
        Other: {
          ListenerArn: 'Web',
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/other'] }],
          Actions: [fixed('other')],
        },
      },
      targets: { api: target },
    }),
  )
  await sendBytes(Number(new URL(urlOf(loadBalancer)).port), request)
  await loadBalancer.close()
  return loadBalancer.metrics
}

const redirect: ActionProperties = {
  Type: 'redirect',
  RedirectConfig: { StatusCode: 'HTTP_301', Path: '/b' },
}

describe('metrics', () => {
  it('count a request to a function', async () => {
    const metrics = await metricsAfter(forward('Api'))
    expect(metrics).toEqual({
      NewConnectionCount: 1,
      RequestCount: 1,
      RuleEvaluations: 1,
      HTTPCode_Target_2XX_Count: 1,
      LambdaTargetProcessedBytes: 72,
      ProcessedBytes: 208,
      TargetResponseTime: expect.any(Number),
    })
  })

  it('count failures of the service apart from those of the function', async () => {
    const invoke = async () => ({ errorReason: 'LambdaConnectionTimeout' as const, detail: '' })
    const metrics = await metricsAfter(forward('Api'), { invoke })
    expect(metrics).toMatchObject({ LambdaInternalError: 1, HTTPCode_ELB_504_Count: 1 })
    expect(metrics).not.toHaveProperty('LambdaUserError')
  })

  it.each([
    ['LambdaUserError', () => Promise.reject(new Error('boom')), 'HTTPCode_ELB_502_Count'],
    ['LambdaUserError', () => ({}), 'HTTPCode_ELB_5XX_Count'],
  ] as const)('count %s', async (name, handler, status) => {
    expect(await metricsAfter(forward('Api'), handler)).toMatchObject({ [name]: 1, [status]: 1 })
  })

  it('tell what the function answers from what the load balancer does', async () => {
    const metrics = await metricsAfter(forward('Api'), () => ({ statusCode: 502 }))
    expect(metrics).toHaveProperty('HTTPCode_Target_5XX_Count', 1)
    expect(metrics).not.toHaveProperty('HTTPCode_ELB_5XX_Count')
    expect(metrics).not.toHaveProperty('LambdaUserError')
  })

  it('count fixed responses and redirects', async () => {
    expect(await metricsAfter(fixed('a'))).toHaveProperty('HTTP_Fixed_Response_Count', 1)
    expect(await metricsAfter(redirect)).toMatchObject({
      HTTP_Redirect_Count: 1,
      HTTPCode_ELB_3XX_Count: 1,
    })
  })

  it('count redirects that are too long', async () => {
    const path = `/${'a'.repeat(8200)}`
    const request = head(`GET ${path} HTTP/1.1`, 'Host: a.example', 'Connection: close')
    const action: ActionProperties = {
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_301', Host: 'b.example' },
    }
    const metrics = await metricsAfter(action, undefined, request)
    expect(metrics).toHaveProperty('HTTP_Redirect_Url_Limit_Exceeded_Count', 1)
    expect(metrics).not.toHaveProperty('HTTP_Redirect_Count')
  })

  it('count what is no request', async () => {
    expect(await metricsAfter(fixed('a'), undefined, 'nonsense\r\n\r\n')).toMatchObject({
      RequestCount: 1,
      HTTPCode_ELB_4XX_Count: 1,
    })
  })

  it('count requests that are not compliant', async () => {
    const request = head(
      'GET / HTTP/1.1',
      'Host: a.example',
      'Connection: close',
      'Content_Length: 1',
    )
    expect(await metricsAfter(fixed('a'), undefined, request)).toHaveProperty(
      'DesyncMitigationMode_NonCompliant_Request_Count',
      1,
    )
  })
})
