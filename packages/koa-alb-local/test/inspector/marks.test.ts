import { describe, expect, it } from 'vitest'
import type { Mark } from '../../src/inspector/mark.ts'
import { send } from '../shared/client.ts'
import { inspected } from './inspected.ts'

interface Given {
  readonly target?: string
  readonly lines?: readonly string[]
  readonly document?: unknown
  readonly multi?: boolean
}

/** The marks with a reason of one exchange, each as `part path change (text): key`. */
async function marksOf(given: Given): Promise<string[]> {
  return (await allMarks(given))
    .filter(({ key }) => key !== undefined)
    .map(
      ({ part, path, change, text, key }) =>
        `${part} ${path.join('.')} ${change} (${text}): ${key}`,
    )
}

async function allMarks({ target = '/', lines = [], document, multi = false }: Given) {
  const typed = { statusCode: 200, headers: { 'content-type': 'text/plain' } }
  const Attributes = [{ Key: 'lambda.multi_value_headers.enabled', Value: String(multi) }]
  const opened = await inspected(() => (document ?? typed) as never, {
    targetGroups: {
      Api: {
        TargetType: 'lambda',
        Targets: [{ Id: 'api' }],
        TargetGroupAttributes: Attributes,
      },
    },
  })
  const head = [`GET ${target} HTTP/1.1`, 'host: a.example', 'connection: close', ...lines, '', '']
  await send(Number(new URL(opened.url).port), head.join('\r\n'))
  const { marks }: { marks: Mark[] } = (await opened.api('/exchanges/1')).json
  return marks
}

describe('of a request', () => {
  it.each<[string, Given, string[]]>([
    [
      'header lines that are lost',
      { lines: ['x-a: 1', 'X-A: 2', 'x-b: ', 'expect: 100-continue'] },
      [
        'request lines.2 lost (lost): repeated-header-lines',
        'request lines.4 lost (lost): empty-header-lines',
        'request lines.5 lost (lost): ignored-expect',
        'event headers.x-a reduced (the last of 2 lines): repeated-header-lines',
      ],
    ],
    [
      'lines that become one',
      { lines: ['x-forwarded-for: 10.0.0.1', 'x-forwarded-for: 10.0.0.2'], multi: true },
      [
        'request lines.2 joined (joined): forwarded-for-lines',
        'request lines.3 joined (joined): forwarded-for-lines',
        'event multiValueHeaders.x-forwarded-for joined (joined): forwarded-for-lines',
      ],
    ],
    [
      'a line that the load balancer writes itself',
      { lines: ['x-forwarded-port: 1'] },
      [
        'request lines.2 replaced (replaced): replaced-header-lines',
        'event headers.x-forwarded-port replaced (replaced): replaced-header-lines',
      ],
    ],
    [
      'parameters that lose a value',
      { target: '/?b=1&a=2&a=3' },
      [
        'request startLine lost (lost): repeated-query-keys',
        'request startLine sorted (keys arrive sorted): sorted-query-keys',
        'event queryStringParameters sorted (sorted): sorted-query-keys',
        'event queryStringParameters.a reduced (the last of its values): repeated-query-keys',
      ],
    ],
  ])('%s', async (_, given, marks) => {
    const found = await marksOf(given)
    expect(found.filter((mark) => /^(request|event) /.test(mark))).toEqual(marks)
  })

  it('say which characters of the start line are meant, also behind a mask', async () => {
    const marks = await allMarks({ target: '/?token=secret&a=1&a=2&&c' })
    const startLine = 'GET /?token=••••••0&a=1&a=2&&c HTTP/1.1'
    const texts = marks
      .filter(({ from }) => from !== undefined)
      .map(({ from, to, text }) => [startLine.slice(from, to), text])
    expect(texts).toEqual([
      ['a=1', 'lost'],
      ['&', 'empty pair lost'],
      ['c', 'arrives with an equals sign'],
    ])
  })

  it('say what is so with every exchange, without a reason', async () => {
    const marks = await allMarks({ lines: ['X-Kept: yes'] })
    expect(marks).toContainEqual({
      part: 'request',
      path: ['lines', 2],
      change: 'renamed',
      text: 'renamed to x-kept',
    })
    const added = marks.filter(({ part, change }) => part === 'event' && change === 'added')
    expect(added.map(({ path }) => path.join('.'))).toEqual([
      'headers.x-amzn-trace-id',
      'headers.x-forwarded-for',
      'headers.x-forwarded-port',
      'headers.x-forwarded-proto',
    ])
  })
})

const type = { 'content-type': 'text/plain' }

describe('of a document', () => {
  it.each<[string, Given, string[]]>([
    [
      'fields that are ignored',
      { document: { statusCode: 200, headers: type, cookies: ['a=1'], statusDescription: 'x' } },
      [
        'document cookies ignored (ignored): unknown-document-fields',
        'document statusDescription ignored (ignored): unread-status-descriptions',
      ],
    ],
    [
      'lines about a connection',
      { document: { statusCode: 200, headers: { ...type, Connection: 'close' } } },
      ['document headers.Connection dropped (not sent): hop-by-hop-fields'],
    ],
    [
      'cookies that are fewer',
      {
        document: {
          statusCode: 200,
          headers: { ...type, 'set-cookie': 'a=1' },
          multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'x-a': ['1'] },
        },
      },
      [
        'document headers.set-cookie reduced (all that is sent of them): header-fields-of-the-other-mode',
        'document multiValueHeaders.Set-Cookie.1 lost (lost): header-fields-of-the-other-mode',
        'document multiValueHeaders.x-a ignored (ignored): header-fields-of-the-other-mode',
      ],
    ],
    [
      'a type and a length that are not those of the document',
      { document: { statusCode: 200, headers: { 'content-length': '7' }, body: 'x' } },
      [
        'document headers.content-length replaced (computed anew): computed-content-length',
        'response lines.2 replaced (computed): computed-content-length',
        'response lines.3 added (added by the load balancer): missing-content-types',
      ],
    ],
    [
      'a body that no response can have',
      { document: { statusCode: 204, body: 'x' } },
      ['document body dropped (not sent): responses-without-a-body'],
    ],
  ])('%s', async (_, given, marks) => {
    expect((await marksOf(given)).sort()).toEqual(marks)
  })
})

it.each<[string, Given]>([
  ['a document that is refused', { document: { statusCode: 'x', headers: { connection: 'x' } } }],
  ['a document that is none', { document: 'text' }],
])('there are none of %s', async (_, given) => {
  const marks = await allMarks(given)
  expect(marks.filter(({ part }) => part === 'document' || part === 'response')).toEqual([])
})
