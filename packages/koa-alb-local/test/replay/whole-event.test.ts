import { expect, it } from 'vitest'
import { wholeEvent } from '../../src/replay/whole-event.ts'

const common = { requestContext: { elb: { targetGroupArn: 'arn' } }, httpMethod: 'GET', path: '/' }

it('has an event of hand in the types of a load balancer', () => {
  const written: Parameters<typeof wholeEvent>[0] = JSON.parse(
    `{"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"GET","path":"/","cookies":["a"],
      "headers":{"a":1,"b":null,"c":"d"},"queryStringParameters":null,"body":null}`,
  )
  expect(wholeEvent(written)).toEqual({
    ...common,
    queryStringParameters: {},
    headers: { a: '1', c: 'd' },
    body: '',
    isBase64Encoded: false,
  })
})

it('has lists alone in multi mode', () => {
  const written: Parameters<typeof wholeEvent>[0] = JSON.parse(
    `{"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"GET","path":"/","headers":{"a":"b"},
      "multiValueHeaders":{"a":"b","c":[1,null],"d":[]},"body":"x","isBase64Encoded":true}`,
  )
  expect(wholeEvent(written)).toEqual({
    ...common,
    multiValueQueryStringParameters: {},
    multiValueHeaders: { a: ['b'], c: ['1'] },
    body: 'x',
    isBase64Encoded: true,
  })
})
