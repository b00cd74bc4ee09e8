import { describe, expect, it } from 'vitest'
import { eventFor, head } from '../shared/load-balancer.ts'

const request = head('GET /a?b=c HTTP/1.1', 'Host: a.example', 'Connection: close')
const options = { listener: { Port: 80 }, targetGroupArn: 'arn:tg' }
const root = expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)

describe('the event', () => {
  it('has these fields and no others, in single mode by default', async () => {
    expect(await eventFor(request, options)).toEqual({
      requestContext: { elb: { targetGroupArn: 'arn:tg' } },
      httpMethod: 'GET',
      path: '/a',
      queryStringParameters: { b: 'c' },
      headers: {
        connection: 'close',
        host: 'a.example',
        'x-amzn-trace-id': root,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '80',
        'x-forwarded-proto': 'http',
      },
      body: '',
      isBase64Encoded: false,
    })
  })

  it('has two other fields in multi mode, with a list for each name', async () => {
    expect(await eventFor(request, { ...options, multiValueHeaders: true })).toEqual({
      requestContext: { elb: { targetGroupArn: 'arn:tg' } },
      httpMethod: 'GET',
      path: '/a',
      multiValueQueryStringParameters: { b: ['c'] },
      multiValueHeaders: {
        connection: ['close'],
        host: ['a.example'],
        'x-amzn-trace-id': [root],
        'x-forwarded-for': ['127.0.0.1'],
        'x-forwarded-port': ['80'],
        'x-forwarded-proto': ['http'],
      },
      body: '',
      isBase64Encoded: false,
    })
  })

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'has the method %s as sent',
    async (method) => {
      expect((await eventFor(request.replace('GET', method))).httpMethod).toBe(method)
    },
  )
})
