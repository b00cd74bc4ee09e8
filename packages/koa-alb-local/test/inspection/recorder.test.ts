import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type LambdaHandler, Recorder, type Target } from '../../src/index.ts'
import { fixed, forward, open, optionsWith, urlOf } from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { endpoint } from '../shared/endpoint.ts'
import { lambdaFunction } from '../shared/lambda-function.ts'
import { start } from '../shared/load-balancer.ts'

const hello: LambdaHandler = () => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain', 'x-a': 'b' },
  body: 'hello',
})

type Ask = (path: string, init?: RequestInit) => Promise<Response>

async function recorded(
  target: LambdaHandler | Target,
  recorder = new Recorder(),
): Promise<{ recorder: Recorder; ask: Ask }> {
  const port = await start({ target, recorder, log() {} })
  const ask: Ask = async (path, init) => {
    const over = once(recorder, 'exchange')
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    await over
    return response
  }
  return { recorder, ask }
}

it('keeps what the client sent, what the function got and answered, and what was sent', async () => {
  const { recorder, ask } = await recorded(hello)
  await ask('/a?b=c', { method: 'POST', headers: { 'X-Kept': 'as it came' }, body: 'body' })
  const [exchange, ...others] = recorder.exchanges()
  expect(others).toEqual([])
  expect(exchange).toMatchObject({
    id: 1,
    isOver: true,
    entry: { status: 200, targetStatus: 200 },
    request: { method: 'POST', target: '/a?b=c', httpVersion: '1.1' },
    targetGroup: { multiValueHeaders: false },
    event: { httpMethod: 'POST', path: '/a', queryStringParameters: { b: 'c' }, body: 'body' },
    document: {
      text: '{"statusCode":200,"headers":{"content-type":"text/plain","x-a":"b"},"body":"hello"}',
      length: 83,
      isCut: false,
    },
    response: { status: 200, phrase: 'OK', body: { length: 5, isCut: false } },
    passedOver: [],
    functionLog: [],
  })
  expect(exchange?.request.body?.bytes.toString()).toBe('body')
  expect(exchange?.request.lines).toContainEqual(['X-Kept', 'as it came'])
  expect(exchange?.response?.lines).toContainEqual(['x-a', 'b'])
  expect(exchange?.response?.body.bytes.toString()).toBe('hello')
})

it('keeps the event as it was when the handler changes it', async () => {
  const { recorder, ask } = await recorded((event) => {
    event.path = '/changed'
    if (event.headers) event.headers['x-here'] = 'changed'
    return hello(event, undefined as never, undefined as never)
  })
  await ask('/a', { headers: { 'X-Here': 'before' } })
  expect(recorder.exchange(1)?.event).toMatchObject({
    path: '/a',
    headers: { 'x-here': 'before' },
  })
})

it('has an exchange while its client waits', async () => {
  let finish = (): void => {}
  const started = new Promise<void>((resolve) => {
    finish = resolve
  })
  const { recorder, ask } = await recorded(async () => {
    expect(recorder.exchanges()).toMatchObject([{ id: 1, isOver: false, timing: {} }])
    finish()
    return { statusCode: 204 }
  })
  const answered = ask('/')
  await started
  await answered
  expect(recorder.exchange(1)?.isOver).toBe(true)
})

it('has many that nobody has looked at', async () => {
  const recorder = new Recorder()
  const port = await start({
    target: ({ path }) => ({ statusCode: 200, body: path }),
    recorder,
    log() {},
  })
  const paths = Array.from({ length: 20 }, (_, index) => `/${index}`)
  for (const path of paths) await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  await expect.poll(() => recorder.exchanges().every(({ isOver }) => isOver)).toBe(true)
  const recorded = recorder.exchanges().map(({ id, event, response }) => {
    return [id, event?.path, response?.body.bytes.toString()]
  })
  expect(recorded).toEqual(paths.map((path, index) => [index + 1, path, path]))
})

it('emits each exchange that is over', async () => {
  const { recorder, ask } = await recorded(hello)
  const over = once(recorder, 'exchange')
  await ask('/over')
  expect(await over).toMatchObject([{ request: { target: '/over' }, entry: { status: 200 } }])
})

it('keeps a document that the load balancer refuses', async () => {
  const { recorder, ask } = await recorded(() => ({ statusCode: '200' }) as never)
  await ask('/')
  expect(recorder.exchange(1)).toMatchObject({
    document: { text: '{"statusCode":"200"}' },
    entry: { errorReason: 'LambdaInvalidResponse' },
    response: { status: 502, phrase: 'Bad Gateway' },
  })
})

it('keeps a request that could not be parsed', async () => {
  const recorder = new Recorder()
  await send(await start({ target: hello, recorder, log() {} }), 'nonsense\r\n\r\n')
  expect(recorder.exchanges()).toMatchObject([
    { request: { method: '-', lines: [] }, entry: { status: 400 }, response: { status: 400 } },
  ])
})

it('says what did not arrive as it was', async () => {
  const { recorder, ask } = await recorded(hello)
  await ask('/?a=1&a=2')
  expect(recorder.exchange(1)?.differences).toEqual([
    {
      key: 'repeated-query-keys',
      sentence: 'of query key a only the last value arrives: multi-value headers are off',
      names: ['a'],
    },
  ])
})

it('says which rules did not match, and by which condition', async () => {
  const recorder = new Recorder()
  const rule = (Priority: number, Values: string[]) => ({
    ListenerArn: 'Web',
    Priority,
    Conditions: [
      { Field: 'path-pattern' as const, Values },
      {
        Field: 'http-header' as const,
        HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['yes', 'y*'] },
      },
      {
        Field: 'query-string' as const,
        QueryStringConfig: { Values: [{ Key: 'v', Value: '1' }] },
      },
    ],
    Actions: [fixed('matched')],
  })
  const loadBalancer = await open(
    optionsWith({
      recorder,
      listenerRules: { A: rule(1, ['/b']), B: rule(2, ['/a*']) },
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [forward('Api')] } },
    }),
  )
  await fetch(`${urlOf(loadBalancer)}/a`)
  await fetch(`${urlOf(loadBalancer)}/a`, { headers: { 'X-Beta': 'yes' } })
  expect(recorder.exchanges().map(({ passedOver }) => passedOver)).toEqual([
    [
      { priority: 1, condition: 'path-pattern /b' },
      { priority: 2, condition: 'http-header X-Beta: yes, y*' },
    ],
    [
      { priority: 1, condition: 'path-pattern /b' },
      { priority: 2, condition: 'query-string v=1' },
    ],
  ])
})

it('has the lines that the function wrote during the request', async () => {
  const recorder = new Recorder()
  const source = `
    console.log('at the start')
    export const handler = async ({ path }) => {
      console.log('asked for\\n' + path)
      process.stdout.write('a line of its own\\n')
      return { statusCode: 204 }
    }`
  const { target } = await lambdaFunction(source, {
    output: (line, requestId) => void (requestId && recorder.wrote(requestId, line)),
  })
  const { ask } = await recorded(target, recorder)
  await ask('/a')
  await ask('/b')
  await expect.poll(() => recorder.exchange(2)?.functionLog.length).toBe(3)
  const [first, second] = recorder.exchanges().map(({ functionLog }) => functionLog)
  expect(first).toEqual([
    expect.stringContaining('at the start'),
    expect.stringMatching(/\tINFO\tasked for$/),
    '/a',
    'a line of its own',
  ])
  expect(second).toEqual([expect.stringMatching(/asked for$/), '/b', 'a line of its own'])
})

it('keeps the beginning of what a server sends', async () => {
  const recorder = new Recorder()
  const server = await endpoint((_, response) => response.end('x'.repeat(300_000)))
  const loadBalancer = await open({
    ...optionsWith({ recorder }),
    targetGroups: { Api: { TargetType: 'ip' } },
    targets: {},
    servers: { Api: server },
  })
  const over = once(recorder, 'exchange')
  await (await fetch(urlOf(loadBalancer))).text()
  await over
  const { response } = recorder.exchange(1) ?? {}
  expect(response).toMatchObject({ status: 200, body: { length: 300_000, isCut: true } })
  expect(response?.body.bytes.length).toBe(262_144)
})

describe('limits', () => {
  it('keeps the last exchanges only', async () => {
    const { recorder, ask } = await recorded(hello, new Recorder({ exchanges: 2 }))
    for (const path of ['/1', '/2', '/3']) await ask(path)
    expect(recorder.exchanges().map(({ request }) => request.target)).toEqual(['/2', '/3'])
    expect(recorder.exchange(1)).toBeUndefined()
  })

  it('emits an exchange that took longer than those that are kept, and keeps it not', async () => {
    let finish = (): void => {}
    const waiting = new Promise<void>((resolve) => {
      finish = resolve
    })
    const handler: LambdaHandler = async ({ path }) => {
      if (path === '/long') await waiting
      return { statusCode: 200, body: path }
    }
    const { recorder, ask } = await recorded(handler, new Recorder({ exchanges: 2 }))
    const emitted: (string | undefined)[] = []
    recorder.on('exchange', ({ response }) => emitted.push(response?.body.bytes.toString()))
    const begun = once(recorder, 'begin')
    const long = ask('/long')
    await begun
    for (const path of ['/2', '/3']) await ask(path)
    finish()
    await long
    await expect.poll(() => emitted).toEqual(['/2', '/3', '/long'])
    expect(recorder.exchanges().map(({ id }) => id)).toEqual([2, 3])
  })

  it('keeps the beginning of a body that is long', async () => {
    const body = 'ä'.repeat(600)
    const { recorder, ask } = await recorded(
      () => ({ statusCode: 200, body }),
      new Recorder({ bodyBytes: 1001 }),
    )
    await ask('/', { method: 'POST', body })
    const { request: sent, response, document, event } = recorder.exchange(1) ?? {}
    expect(sent?.body).toMatchObject({ length: 1200, isCut: true })
    expect(sent?.body?.bytes.length).toBe(1001)
    expect(response?.body).toMatchObject({ length: 1200, isCut: true })
    expect(document).toMatchObject({ isCut: false })
    expect(event?.body).toBe(sent?.body?.bytes.toString())
  })

  it('lets go of the oldest when all of them take too much', async () => {
    const { recorder, ask } = await recorded(
      () => ({ statusCode: 200, body: 'x'.repeat(10_000) }),
      new Recorder({ totalBytes: 70_000 }),
    )
    for (let count = 0; count < 10; count += 1) await ask(`/${count}`)
    const kept = recorder.exchanges().map(({ request }) => request.target)
    expect(kept.at(-1)).toBe('/9')
    expect(kept.length).toBeLessThan(5)
    expect(kept.length).toBeGreaterThan(1)
  })

  it('refuses a limit that is none', () => {
    expect(() => new Recorder({ exchanges: 0 })).toThrow(
      new TypeError('exchanges must be a positive integer, got 0'),
    )
  })
})

it('forgets all of them', async () => {
  const { recorder, ask } = await recorded(hello)
  await ask('/')
  recorder.clear()
  expect(recorder.exchanges()).toEqual([])
  onTestFinished(() => recorder.clear())
})
