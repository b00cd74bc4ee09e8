import { expect, it } from 'vitest'
import { checks } from '../../src/doctor/checks/checks.ts'
import type { AlbEvent } from '../../src/types.ts'
import { type Answered, examineSpoilt, failedIn, type Spoiling } from './examined.ts'

const atRoot = (change: (answered: Answered) => unknown): Spoiling => ({
  document: (answered) => (answered.event.path === '/' ? change(answered) : undefined),
})
const withField = (name: string, value: unknown): Spoiling =>
  atRoot(({ document }) => ({ ...document, [name]: value }))
const withHeader = (name: string, value: unknown): Spoiling =>
  atRoot(({ document, headers }) => {
    headers[name] = document.multiValueHeaders ? [value] : value
    return document
  })
const at = (path: string, change: (answered: Answered) => unknown): Spoiling => ({
  document: (answered) => (answered.event.path === `/probe/${path}` ? change(answered) : undefined),
})
const otherBytes = (path: string): Spoiling =>
  at(path, ({ document, headers }) => {
    delete headers['content-length']
    return { ...document, body: 'eA==', isBase64Encoded: true }
  })
const otherQuery = (query: string): Spoiling => ({
  event(event) {
    const isIt = Object.entries(event.multiValueQueryStringParameters ?? {}).some(
      ([name, [value]]) => query === (value === '' ? name : `${name}=${value}`),
    )
    if (event.path === '/probe/echo' && isIt) event.multiValueQueryStringParameters = { x: ['y'] }
  },
})
const onEcho = (change: (event: AlbEvent) => void): Spoiling => ({
  event: (event) => (event.path === '/probe/echo' ? change(event) : undefined),
})
const otherBody = (isIt: (event: AlbEvent) => boolean): Spoiling =>
  onEcho((event) => {
    if (isIt(event)) Object.assign(event, { body: 'eA==', isBase64Encoded: true })
  })
const ofType = (type: string): Spoiling =>
  otherBody(({ headers, multiValueHeaders }) =>
    [headers?.['content-type'], multiValueHeaders?.['content-type']?.[0]].includes(type),
  )
const withoutHeader = (name: string): ((answered: Answered) => unknown) => {
  return ({ document, headers }) => {
    for (const each of Object.keys(headers)) if (each.toLowerCase() === name) delete headers[each]
    return document
  }
}

const spoilings: Readonly<Record<string, Spoiling>> = {
  ALB101: atRoot(() => Promise.reject(new Error('no'))),
  ALB103: atRoot(() => []),
  ALB104: withField('statusCode', '200'),
  ALB105: atRoot(({ document: { statusCode, headers } }) =>
    headers ? { statusCode, multiValueHeaders: { a: ['b'] } } : { statusCode, headers: { a: 'b' } },
  ),
  ALB106: withField('statusDescription', null),
  ALB107: withHeader('x-number', 1),
  ALB108: withHeader('x y', 'a'),
  ALB109: withHeader('x-name', 'é'),
  ALB110: withField('body', {}),
  ALB111: withField('isBase64Encoded', 'false'),
  ALB112: atRoot(({ document }) => ({ ...document, body: '!', isBase64Encoded: true })),
  ALB113: atRoot(({ document }) => ({ ...document, body: '\ud800', isBase64Encoded: false })),
  ALB114: withField('body', 'a'.repeat(1_100_000)),
  ALB115: withHeader('x-large', 'a'.repeat(40_000)),
  ALB116: atRoot(({ document }) => {
    const field = document.multiValueHeaders ? 'multiValueHeaders' : 'headers'
    return { ...document, [field]: [] }
  }),
  ALB117: withField('statusDescription', 7),
  ALB120: atRoot(withoutHeader('content-type')),
  ALB121: withField('statusDescription', 'Fine'),
  ALB122: withField('cookies', []),
  ALB123: withHeader('connection', 'close'),
  ALB124: withHeader('content-length', '1'),
  ALB125: atRoot(({ document: { statusDescription, ...rest } }) => ({
    ...rest,
    statusCode: 204,
    body: 'x',
  })),
  ALB126: withHeader('content-encoding', 'gzip'),
  ALB127: withHeader('set-cookie', 'a=1; Path=/, b=2'),
  ALB128: atRoot(({ event, document, headers }) => {
    if (event.httpMethod === 'HEAD') return document
    const isMulti = Boolean(document.multiValueHeaders)
    delete headers['content-length']
    headers['content-type'] = isMulti ? ['image/png'] : 'image/png'
    return { ...document, body: '\ufffdPNG', isBase64Encoded: false }
  }),
  ALB129: {
    document: ({ event, document }) =>
      event.path === '/' && event.httpMethod === 'HEAD' ? { ...document, body: 'x' } : undefined,
  },
  ALB201: at('cookies', withoutHeader('set-cookie')),
  ALB202: otherBytes('bytes/png'),
  ALB203: otherBytes('bytes/gzip'),
  ALB204: otherBytes('bytes/latin1'),
  ALB205: otherBytes('bytes/broken'),
  ALB206: otherBytes('bytes/untyped'),
  ALB207: otherBytes('bytes/text'),
  ALB211: otherQuery('a=1%2B2'),
  ALB212: otherQuery('a=1+2'),
  ALB213: otherQuery('a=1%262'),
  ALB214: otherQuery('a[]=1'),
  ALB215: otherQuery('k'),
  ALB216: otherQuery('a=%zz'),
  ALB217: otherQuery('a=%C3%BC'),
  ALB218: otherQuery('__proto__=1'),
  ALB219: onEcho(({ multiValueQueryStringParameters: lists }) => {
    if (lists?.a?.length === 2) lists.a = ['2']
  }),
  ALB221: onEcho(({ multiValueHeaders }) => {
    if (multiValueHeaders?.['x-many']) multiValueHeaders['x-many'] = ['2']
  }),
  ALB222: onEcho(({ multiValueHeaders }) => {
    if (multiValueHeaders) multiValueHeaders['x-forwarded-for'] = ['10.0.0.1']
  }),
  ALB223: onEcho(({ headers, multiValueHeaders }) => {
    for (const each of [headers, multiValueHeaders])
      if (each) Reflect.deleteProperty(each, '__proto__')
  }),
  ALB224: onEcho((event) => {
    const list = event.multiValueHeaders
    if (list?.['user-agent']?.[0]?.startsWith('ELB')) list['user-agent'] = ['other']
  }),
  ALB231: otherBody(({ httpMethod, body }) => httpMethod === 'POST' && body === ''),
  ALB232: ofType('application/x-www-form-urlencoded'),
  ALB233: ofType('application/json'),
  ALB234: ofType('application/octet-stream'),
  ALB235: ofType('text/plain'),
  ALB241: at('hello', withoutHeader('content-length')),
  ALB242: at('status/404', ({ document }) => ({
    ...document,
    statusCode: 200,
    statusDescription: undefined,
  })),
  ALB243: at('body/204', ({ document }) => ({ ...document, body: 'body' })),
  ALB251: at('size/921600', () => ({ statusCode: 200, body: 'a' })),
  ALB252: at('size/1258291', () => ({ statusCode: 200, body: 'a'.repeat(1_258_291) })),
  ALB253: at('headers/40960', ({ event }) =>
    event.headers
      ? { statusCode: 200, headers: { a: 'a'.repeat(40_960) } }
      : { statusCode: 200, multiValueHeaders: { a: ['a'.repeat(40_960)] } },
  ),
  ALB254: at('throw', () => ({ statusCode: 200, body: '' })),
  ALB255: at('break', () => ({ statusCode: 200, body: 'half' })),
  ALB256: at('never', () => ({ statusCode: 200, body: '' })),
  ALB257: at('reject', () => ({ statusCode: 200, body: '' })),
}

// A function that does not answer in time is one of the command's tests.
it('has a handler for each check that fails it', () => {
  const codes = checks.map(({ code }) => code).filter((code) => code !== 'ALB102')
  expect(Object.keys(spoilings)).toEqual(codes)
})

it.each(Object.entries(spoilings))('fails %s, and nothing else', async (code, spoiling) => {
  expect(failedIn(await examineSpoilt(spoiling))).toEqual([code])
})

it('finds nothing in what the adapter answers, and runs every check', async () => {
  const judged = await examineSpoilt({})
  expect(failedIn(judged)).toEqual([])
  expect(judged.filter(({ status }) => status !== 'passed')).toEqual([])
})

it('fails ALB105 for a header that only the unread field has', async () => {
  const unread = { 'cache-control': 'no-store', 'CONTENT-TYPE': 'text/plain', 'x-none': [] }
  const judged = await examineSpoilt(
    atRoot(({ document }) => ({ headers: unread, multiValueHeaders: unread, ...document })),
  )
  const [found] = judged.filter(({ code }) => code === 'ALB105')
  expect(found?.findings.map(({ message, modes }) => [message, modes])).toEqual([
    ['header is in multiValueHeaders alone, which is not read: cache-control', ['single']],
    ['header is in headers alone, which is not read: cache-control', ['multi']],
  ])
})
