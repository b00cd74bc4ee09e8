/**
 * Pieces of response documents as JSON text, each with what it has to come to: a value, or a fault that
 * is named by how the detail on the log begins.
 */

export type Piece<Value> = readonly [json: string, outcome: Value | Fault]

export class Fault {
  readonly detail: string

  constructor(detail: string) {
    this.detail = detail
  }
}

const fault = (detail: string): Fault => new Fault(detail)
const faults = (field: string, ...jsons: string[]): Piece<never>[] =>
  jsons.map((json) => [json, fault(`${field} is `)])

export const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  418: "I'm a Teapot",
  502: 'Bad Gateway',
  599: 'unknown',
}

export const goodCodes: Piece<number>[] = [
  ['200', 200],
  ['2e2', 200],
  ['201.0', 201],
  ['204', 204],
  ['304', 304],
  ['418', 418],
  ['502', 502],
  ['599', 599],
]

export const badCodes = faults(
  'statusCode',
  ...[
    '"200"',
    '99',
    '100',
    '199',
    '600',
    '200.5',
    '1e999',
    '-200',
    '0',
    'true',
    'null',
    '[200]',
    '{}',
  ],
)

/** Each with the phrase it brings, or undefined for the usual one. */
export function descriptions(code: number): Piece<string | undefined>[] {
  return [
    [`"${code} Fine by me"`, 'Fine by me'],
    [`"${code}\\u0020Fine\\tby me"`, 'Fine\tby me'],
    [`"${code}"`, undefined],
    [`"${code}  "`, ' '],
    ['"Fine"', undefined],
    ['"999 Fine"', undefined],
    ['""', undefined],
    [`"${code} a\\r\\nX-Injected: 1"`, undefined],
    [`"${code} a\\nX-Injected: 1"`, undefined],
    [`"${code} caf\\u00e9"`, undefined],
    [`"${code} \\u0000"`, undefined],
    [`"${code} \\ud83d"`, undefined],
  ]
}

export const badDescriptions = faults('statusDescription', 'null', '200', 'true', '[]', '{}')

export const names: readonly string[] = [
  'x-a',
  'X-A',
  'x-b',
  '__proto__',
  'constructor',
  'toString',
  "!#$%&'*+-.^_`|~",
  'content-type',
  'Content-Type',
  'set-cookie',
  'Set-cookie',
  'content-length',
  'Content-Length',
  'server',
  'Date',
  'connection',
  'Keep-Alive',
  'transfer-encoding',
  'Transfer-Encoding',
  'Upgrade',
  'te',
  'trailer',
  'proxy-authenticate',
  'Proxy-Connection',
]

export const badNames: readonly string[] = [
  '',
  ' ',
  'x y',
  'x:',
  ':status',
  'x\\r\\nX-Injected',
  'x\\nX-Injected',
  'x\\u0000',
  'x\\u007f',
  'caf\\u00e9',
  'x\\u2028',
  'x\\ud83d',
  'x\\"',
]

export const values: readonly string[] = [
  '1',
  '',
  ' ',
  'a\tb',
  'a, b; c="d"',
  'chunked',
  'close',
  '0',
  '99',
  '007',
  '-1',
  'x'.repeat(3000),
]

/** As JSON, with quotes. */
export const badValues: readonly string[] = [
  '"a\\r\\nX-Injected: 1"',
  '"a\\nX-Injected: 1"',
  '"a\\rX-Injected: 1"',
  '"a\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n"',
  '"\\u0000"',
  '"\\u001b[0m"',
  '"\\u007f"',
  '"\\u0085"',
  '"caf\\u00e9"',
  '"\\u010d\\u010a"',
  '"\\u560d\\u560a"',
  '"\\u2028"',
  '"\\ud83d"',
  '1',
  'true',
  'null',
  '{}',
  '{"0":"a","length":1}',
]

export const bodies: Piece<string>[] = [
  ['""', ''],
  ['"text"', 'text'],
  ['"caf\\u00e9 \\ud83d\\ude00"', 'café 😀'],
  ['"\\u0000\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n"', '\0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
  ['"YQ"', 'YQ'],
  [`"${'y'.repeat(20_000)}"`, 'y'.repeat(20_000)],
]

export const badBodies: Piece<string>[] = [
  ...faults(
    'body',
    'null',
    '1',
    'false',
    '[]',
    '{"a":1}',
    '["a"]',
    '"\\ud83d"',
    '"\\udc00\\ud800"',
  ),
  [`${'['.repeat(5000)}${']'.repeat(5000)}`, fault('body is [[[["…"]]]], ')],
]

/** Of bytes, one character each. */
export const base64Bodies: Piece<string>[] = [
  ['""', ''],
  ['"YQ=="', 'a'],
  ['"YWI="', 'ab'],
  ['"/wAKgA=="', '\xff\0\n\x80'],
  ['"DQoNCkhUVFAvMS4xIDIwMCBPSw0KDQo="', '\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
]

export const badBase64Bodies = faults(
  'body',
  ...['"Y"', '"YQ"', '"YQ="', '"YQ==="', '"===="', '"=YQ="', '"YQ==YQ=="', '"Y Q="'],
  ...['"YWJj\\nYWJj"', '"YWJj\\r\\n"', '"_-8="', '"YWJ\\u0000"', '"YW\\u00e9="', '"\\ud83d"', '7'],
)

export const badFlags = faults('isBase64Encoded', 'null', '"true"', '"false"', '""', '1', '0', '[]')

/** Fields that change nothing. */
export const otherFields: readonly string[] = [
  '"cookies":["a=1"]',
  '"StatusCode":500',
  '"content-type":"text/html"',
  '"__proto__":{"statusCode":500,"headers":{"X-Injected":"1"}}',
  '"constructor":{"prototype":{"body":"injected"}}',
  `"deep":${'['.repeat(5000)}${']'.repeat(5000)}`,
  '"":null',
]

/** What is no document at all. */
export const noDocuments: (readonly [json: string, fault: Fault])[] = [
  ...['null', '[]', '1', '"hi"', 'true', '[{"statusCode":200}]'].map(
    (json): readonly [string, Fault] => [json, fault(`the response is ${json}`)],
  ),
  ...[
    '',
    '{',
    'undefined',
    '{"statusCode":200}x',
    '\ufeff{"statusCode":200}',
    "{'statusCode':200}",
  ].map((json): readonly [string, Fault] => [json, fault('the response is not JSON')]),
  [
    `{"statusCode":200,"body":"${'x'.repeat(1_048_549)}"}`,
    fault('the response document takes 1048577 bytes'),
  ],
]
