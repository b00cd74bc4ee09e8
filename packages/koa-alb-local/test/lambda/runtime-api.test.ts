import { describe, expect, it, onTestFinished } from 'vitest'
import { RuntimeApi } from '../../src/lambda/runtime-api.ts'

const invocation = {
  requestId: 'request-1',
  event: '{"a":"ä"}',
  deadlineMs: 1_800_000_000_000,
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shop',
  traceId: 'Root=1-0-0;Parent=0;Sampled=0',
}

async function started(): Promise<{ api: RuntimeApi; url: string }> {
  const api = new RuntimeApi()
  onTestFinished(() => api.end(new Error('the test is over')))
  return { api, url: `http://${await api.listen()}/2018-06-01/runtime` }
}

async function answerTo(url: string, body: string): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(url, { method: 'POST', body })
  return { status: response.status, answer: await response.json() }
}

it('hands an invocation to the client that waits for the next one', async () => {
  const { api, url } = await started()
  const next = fetch(`${url}/invocation/next`)
  expect(await api.init).toBe('ready')
  void api.invoke(invocation)
  const response = await next
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': 'request-1',
    'lambda-runtime-deadline-ms': '1800000000000',
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:shop',
    'lambda-runtime-trace-id': 'Root=1-0-0;Parent=0;Sampled=0',
  })
  expect(await response.text()).toBe('{"a":"ä"}')
})

it('keeps an invocation until the client asks', async () => {
  const { api, url } = await started()
  void api.invoke(invocation)
  expect(await (await fetch(`${url}/invocation/next`)).json()).toEqual({ a: 'ä' })
})

it('takes the response of a running invocation', async () => {
  const { api, url } = await started()
  const outcome = api.invoke(invocation)
  expect(await answerTo(`${url}/invocation/request-1/response`, '{"b":"ü"}')).toEqual({
    status: 202,
    answer: { status: 'OK' },
  })
  expect(await outcome).toEqual({ payload: '{"b":"ü"}' })
})

it('takes the error of a running invocation', async () => {
  const { api, url } = await started()
  const outcome = api.invoke(invocation)
  const document = {
    errorType: 'TypeError',
    errorMessage: 'why',
    trace: ['TypeError: why', ' at x'],
  }
  const { status } = await answerTo(`${url}/invocation/request-1/error`, JSON.stringify(document))
  expect(status).toBe(202)
  expect(await outcome).toMatchObject({
    error: { name: 'TypeError', message: 'why', stack: 'TypeError: why\n at x' },
  })
})

it('takes the error of an init', async () => {
  const { api, url } = await started()
  const document = { errorType: 'Runtime.ImportModuleError', errorMessage: 'no file', trace: [] }
  const { status } = await answerTo(`${url}/init/error`, JSON.stringify(document))
  expect(status).toBe(202)
  expect(await api.init).toMatchObject({ name: 'Runtime.ImportModuleError', message: 'no file' })
})

describe('refuses', () => {
  it('a second response to the same invocation', async () => {
    const { api, url } = await started()
    void api.invoke(invocation)
    await answerTo(`${url}/invocation/request-1/response`, '1')
    expect(await answerTo(`${url}/invocation/request-1/response`, '2')).toEqual({
      status: 400,
      answer: { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' },
    })
  })

  it('the response to an invocation that was given up', async () => {
    const { api, url } = await started()
    void api.invoke(invocation)
    api.abandon('request-1')
    expect(await answerTo(`${url}/invocation/request-1/response`, '1')).toMatchObject({
      status: 400,
    })
  })

  it('a payload over 6 MB', async () => {
    const { api, url } = await started()
    const outcome = api.invoke(invocation)
    const payload = 'x'.repeat(6_291_557)
    expect(await answerTo(`${url}/invocation/request-1/response`, payload)).toEqual({
      status: 413,
      answer: {
        errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
        errorType: 'RequestEntityTooLarge',
      },
    })
    expect(await outcome).toMatchObject({ error: { name: 'Function.ResponseSizeTooLarge' } })
  })

  it('other paths', async () => {
    const { url } = await started()
    expect(await answerTo(`${url}/invocation/next`, '')).toMatchObject({ status: 404 })
  })
})

it('fails what is open with the error it ends with', async () => {
  const { api } = await started()
  const outcome = api.invoke(invocation)
  const error = new Error('the process ended')
  api.end(error)
  expect(await outcome).toEqual({ error })
  expect(await api.invoke(invocation)).toEqual({ error })
})
