import { describe, expect, it } from 'vitest'
import { logFor } from '../shared/load-balancer.ts'

type Row = [what: string, document: unknown, detail: string]

const documents: Row[] = [
  ['null', null, 'the response is null, must be an object with a statusCode'],
  ['undefined', undefined, 'the response is null, must be an object with a statusCode'],
  ['a function', () => {}, 'the response is null, must be an object with a statusCode'],
  ['a string', 'hi', 'the response is "hi", must be an object with a statusCode'],
  ['an array', [], 'the response is [], must be an object with a statusCode'],
  ['no statusCode', {}, 'statusCode is missing, must be an integer from 200 to 599'],
  ['a null statusCode', { statusCode: null }, 'statusCode is null, must be not null'],
  [
    'a string statusCode',
    { statusCode: '200' },
    'statusCode is "200", must be an integer from 200 to 599',
  ],
  ['statusCode 99', { statusCode: 99 }, 'statusCode is 99, must be an integer from 200 to 599'],
  ['statusCode 100', { statusCode: 100 }, 'statusCode is 100, must be an integer from 200 to 599'],
  ['statusCode 600', { statusCode: 600 }, 'statusCode is 600, must be an integer from 200 to 599'],
  [
    'statusCode 200.5',
    { statusCode: 200.5 },
    'statusCode is 200.5, must be an integer from 200 to 599',
  ],
  [
    'a null statusDescription',
    { statusCode: 200, statusDescription: null },
    'statusDescription is null, must be not null',
  ],
  [
    'a number statusDescription',
    { statusCode: 200, statusDescription: 200 },
    'statusDescription is 200, must be a string',
  ],
  ['a null body', { statusCode: 200, body: null }, 'body is null, must be not null'],
  ['an object body', { statusCode: 200, body: { a: 1 } }, 'body is {"a":1}, must be a string'],
  [
    'a null isBase64Encoded',
    { statusCode: 200, isBase64Encoded: null },
    'isBase64Encoded is null, must be not null',
  ],
  [
    'a string isBase64Encoded',
    { statusCode: 200, isBase64Encoded: 'true' },
    'isBase64Encoded is "true", must be a boolean',
  ],
  [
    'base64 with a line break',
    { statusCode: 200, isBase64Encoded: true, body: 'YWJj\nYWJj' },
    'body is "YWJj\\nYWJj", must be base64 without line breaks, padded',
  ],
  [
    'base64 without padding',
    { statusCode: 200, isBase64Encoded: true, body: 'YQ' },
    'body is "YQ", must be base64 without line breaks, padded',
  ],
  [
    'base64url',
    { statusCode: 200, isBase64Encoded: true, body: '_-8=' },
    'body is "_-8=", must be base64 without line breaks, padded',
  ],
  [
    'half a surrogate pair',
    { statusCode: 200, body: 'a\ud83d' },
    'body is "a\\ud83d", must be text without lone surrogates',
  ],
]

const singleDocuments: Row[] = [
  ['null headers', { statusCode: 200, headers: null }, 'headers is null, must be not null'],
  [
    'null multiValueHeaders',
    { statusCode: 200, multiValueHeaders: null },
    'multiValueHeaders is null, must be not null',
  ],
  ['an array of headers', { statusCode: 200, headers: [] }, 'headers is [], must be an object'],
  [
    'a number in headers',
    { statusCode: 200, headers: { 'content-length': 3 } },
    'headers["content-length"] is 3, must be a string',
  ],
  [
    'a boolean in headers',
    { statusCode: 200, headers: { x: true } },
    'headers["x"] is true, must be a string',
  ],
  [
    'null in headers',
    { statusCode: 200, headers: { x: null } },
    'headers["x"] is null, must be a string',
  ],
  [
    'an array in headers',
    { statusCode: 200, headers: { x: ['a'] } },
    'headers["x"] is ["a"], must be a string',
  ],
  [
    'CR LF in a header',
    { statusCode: 200, headers: { x: 'a\r\nb: c' } },
    'headers["x"] is "a\\r\\nb: c", must be ASCII without control characters',
  ],
  [
    'NUL in a header',
    { statusCode: 200, headers: { x: '\0' } },
    'headers["x"] is "\\u0000", must be ASCII without control characters',
  ],
  [
    'DEL in a header',
    { statusCode: 200, headers: { x: '\x7f' } },
    'headers["x"] is "\x7f", must be ASCII without control characters',
  ],
  [
    'non-ASCII in a header',
    { statusCode: 200, headers: { x: 'é' } },
    'headers["x"] is "é", must be ASCII without control characters',
  ],
  [
    'a header name with a space',
    { statusCode: 200, headers: { 'x y': '1' } },
    'headers name is "x y", must be an HTTP token',
  ],
  [
    'an empty header name',
    { statusCode: 200, headers: { '': '1' } },
    'headers name is "", must be an HTTP token',
  ],
]

const multiDocuments: Row[] = [
  ['null headers', { statusCode: 200, headers: null }, 'headers is null, must be not null'],
  [
    'a string in multiValueHeaders',
    { statusCode: 200, multiValueHeaders: { x: 'a' } },
    'multiValueHeaders["x"] is "a", must be an array of strings',
  ],
  [
    'a number in multiValueHeaders',
    { statusCode: 200, multiValueHeaders: { x: ['a', 1] } },
    'multiValueHeaders["x"] is 1, must be a string',
  ],
  [
    'null in multiValueHeaders',
    { statusCode: 200, multiValueHeaders: { x: [null] } },
    'multiValueHeaders["x"] is null, must be a string',
  ],
  [
    'CR LF in a header',
    { statusCode: 200, multiValueHeaders: { x: ['\r\n'] } },
    'multiValueHeaders["x"] is "\\r\\n", must be ASCII without control characters',
  ],
  [
    'a header name with a colon',
    { statusCode: 200, multiValueHeaders: { 'x:': [], 'y:': ['1'] } },
    'multiValueHeaders name is "y:", must be an HTTP token',
  ],
]

describe.each([
  [false, [...documents, ...singleDocuments]],
  [true, [...documents, ...multiDocuments]],
])('502 LambdaInvalidResponse for a document, multiValueHeaders %s,', (multiValueHeaders, rows) => {
  it.each(rows)('with %s', async (_what, document, detail) => {
    const entry = await logFor({ target: () => document, multiValueHeaders })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaInvalidResponse')
    expect(entry.detail).toBe(detail)
    expect(entry.targetStatus).toBeUndefined()
  })
})

it('502 LambdaInvalidResponse for a document that nests deeper than it can be shown', async () => {
  const payload = `{"statusCode":200,"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const entry = await logFor({ target: { invoke: async () => ({ payload }) } })
  expect(entry.errorReason).toBe('LambdaInvalidResponse')
  expect(entry.detail).toBe('body is [[[["…"]]]], must be a string')
})
