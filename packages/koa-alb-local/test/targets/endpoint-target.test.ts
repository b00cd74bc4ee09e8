import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { endpointTarget } from '../../src/index.ts'
import { endpoint } from '../shared/endpoint.ts'

const one = { requestId: 'one' }

it('posts the event to the invocations of the function', async () => {
  const seen: unknown[] = []
  const url = await endpoint(async (request, response) => {
    seen.push(request.method, request.url, await text(request))
    response.end('{"statusCode":200}')
  })
  const target = endpointTarget(url, { functionName: 'shop' })
  expect(await target.invoke('{"a":"ä"}', one)).toEqual({ payload: '{"statusCode":200}' })
  expect(seen).toEqual(['POST', '/2015-03-31/functions/shop/invocations', '{"a":"ä"}'])
})

it.each([
  ['', '/2015-03-31/functions/function/invocations'],
  ['/prefix', '/prefix/2015-03-31/functions/function/invocations'],
  ['/2015-03-31/functions/shop/invocations', '/2015-03-31/functions/shop/invocations'],
])('completes the path %j', async (path, expected) => {
  const url = await endpoint((request, response) => void response.end(`"${request.url}"`))
  const outcome = await endpointTarget(url + path).invoke('{}', one)
  expect(outcome).toEqual({ payload: `"${expected}"` })
})

it('keeps the connection', async () => {
  const ports = new Set<number | undefined>()
  const target = endpointTarget(
    await endpoint((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('1')
    }),
  )
  await target.invoke('{}', one)
  await target.invoke('{}', one)
  expect(ports.size).toBe(1)
})

const errorDocument =
  '{"errorType":"RangeError","errorMessage":"boom","trace":["RangeError: boom"]}'

describe('a failed function is LambdaUnhandled', () => {
  it('by the header of Lambda', async () => {
    const url = await endpoint((_request, response) => {
      response.setHeader('X-Amz-Function-Error', 'Unhandled').end(errorDocument)
    })
    expect(await endpointTarget(url).invoke('{}', one)).toMatchObject({
      errorReason: 'LambdaUnhandled',
      detail: 'the handler failed: RangeError: boom',
      cause: { name: 'RangeError', message: 'boom', stack: 'RangeError: boom' },
    })
  })

  it('by its document alone, as the Runtime Interface Emulator answers', async () => {
    const url = await endpoint((_request, response) => void response.end(errorDocument))
    expect(await endpointTarget(url).invoke('{}', one)).toMatchObject({
      errorReason: 'LambdaUnhandled',
      detail: 'the handler failed: RangeError: boom',
    })
  })
})

it.each([
  [429, 'TooManyRequestsException', 'LambdaThrottling'],
  [403, 'AccessDeniedException', 'LambdaAccessDenied'],
  [404, 'ResourceNotFoundException:http://internal/', 'LambdaResourceNotFound'],
  [404, 'ResourceNotFound', 'LambdaResourceNotFound'],
  [500, 'ServiceException', 'LambdaServiceException'],
  [502, '', 'LambdaServiceException'],
])('maps %i %s to %s', async (status, errorType, errorReason) => {
  const url = await endpoint((_request, response) => {
    response.writeHead(status, { 'X-Amzn-ErrorType': errorType }).end('{"Message":"no"}')
  })
  const detail = ['the endpoint answered', status, errorType, '{"Message":"no"}']
  expect(await endpointTarget(url).invoke('{}', one)).toEqual({
    errorReason,
    detail: detail.filter(Boolean).join(' '),
  })
})

it('is LambdaConnectionError when nobody listens', async () => {
  const outcome = await endpointTarget('http://127.0.0.1:1').invoke('{}', one)
  expect(outcome).toMatchObject({
    errorReason: 'LambdaConnectionError',
    detail: expect.stringMatching(/^no answer from http:\/\/127\.0\.0\.1:1\/\S+: Error: connect/),
  })
})

it('is LambdaConnectionTimeout when no answer comes in time', async () => {
  const target = endpointTarget(await endpoint(() => {}), { timeoutMs: 50 })
  expect(await target.invoke('{}', one)).toMatchObject({ errorReason: 'LambdaConnectionTimeout' })
})

it.each([
  ['shop', 'endpoint must be an http or https URL or the ARN of a function, got shop'],
  ['arn:aws:s3:::shop', 'endpoint must be the ARN of a Lambda function, got arn:aws:s3:::shop'],
])('refuses %j', (address, message) => {
  expect(() => endpointTarget(address)).toThrow(new TypeError(message))
})
