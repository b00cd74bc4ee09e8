import { compressed, files } from '../../apps/files.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const binary: Readonly<Record<string, Buffer>> = {
  'image/png': files.png,
  'image/jpeg': files.jpeg,
  'image/gif': files.gif,
  'font/woff2': files.woff2,
  'application/pdf': files.pdf,
  'application/zip': files.zip,
  'application/wasm': files.wasm,
}

const text: Readonly<Record<string, string>> = {
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"><text>\u00e9 &amp; \u20ac</text></svg>',
  'application/json': '{"caf\u00e9":"\\u0000\\ud83d\\ude00 \u{1f600}"}',
  'application/problem+json': '{"title":"\u20ac"}',
  'application/xml': '<?xml version="1.0"?><a>\u00e9</a>',
  'text/csv; charset=utf-8': 'name,price\r\n"caf\u00e9, au lait","2 \u20ac"\r\n',
  'text/html; charset=utf-8': '<!doctype html>\n<p>"\\\u2028\u2029</p>\n',
  'text/javascript': 'const a = `\\n` + /\\d/ // </script> \u{1f600}\n',
  'application/x-ndjson': '{"a":1}\n{"a":2}\n',
}

const everyByte = Array.from({ length: 256 }, (_, byte) => byte)
const everyHex = Buffer.from(everyByte).toString('hex')
const bytes: Readonly<Record<string, readonly [type: string, hex: string]>> = {
  'html in latin1': ['text/html; charset=iso-8859-1', '3c703e636166e9203c2f703e'],
  'html in latin1 whose bytes are UTF-8 as well': ['text/html; charset=iso-8859-1', 'c3a9'],
  'text in Shift_JIS': ['text/plain; charset=shift_jis', '83658358836781'],
  'text in UTF-16 with a byte order mark': ['text/plain; charset=utf-16', 'fffe68006900'],
  'text in UTF-8 with a byte order mark': ['text/plain; charset=utf-8', 'efbbbf6869'],
  'text in broken UTF-8': ['text/plain; charset=utf-8', '6869ff80c328'],
  'text cut inside a character': ['text/plain; charset=utf-8', 'e282'],
  'an encoded surrogate': ['text/plain; charset=utf-8', 'eda080'],
  'an overlong encoding': ['text/plain; charset=utf-8', 'c0af'],
  'control characters': ['text/plain', '000102030405060708090a0b0c0d0e0f1f7f'],
  'every byte there is, as text': ['text/plain', everyHex],
  'every byte there is, as JSON': ['application/json', everyHex],
  'bytes of an unknown type': ['application/x-mystery', '00ff10'],
  'text of an unknown type': ['application/x-mystery', '68656c6c6f'],
  'a type that is no type': ['nonsense', '68ff'],
  'a type in capitals': ['TEXT/PLAIN; CHARSET=UTF-8', '68c3a9'],
}

export const fileKindCases: readonly Case[] = [
  ...Object.entries({ ...binary, ...text }).map(([type, body]) => arrives(type, type, body)),
  ...Object.entries(bytes).map(([name, [type, hex]]) =>
    arrives(name, type, Buffer.from(hex, 'hex')),
  ),
  ...Object.entries(compressed).map(
    ([coding, body]): Case => ({
      name: `text compressed with ${coding} arrives compressed`,
      app: () => (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': coding }).end(body)
      },
      request: get('/', 'Accept-Encoding: gzip, deflate, br, zstd'),
      headers: [`content-encoding: ${coding}`, 'content-type: text/plain'],
      body,
    }),
  ),
  {
    name: 'bytes without a content type arrive',
    app: () => (_req, res) => res.end(Buffer.from('68ff', 'hex')),
    request: get(),
    headers: [],
    without: ['content-type'],
    body: Buffer.from('68ff', 'hex'),
    balanced: withType(),
  },
  {
    name: 'text without a content type arrives',
    app: () => (_req, res) => res.end('caf\u00e9'),
    request: get(),
    without: ['content-type'],
    body: 'caf\u00e9',
    balanced: withType(),
  },
  {
    name: 'an empty body stays empty',
    app: () => (_req, res) => res.setHeader('content-type', 'text/plain').end(),
    request: get(),
    headers: ['content-type: text/plain', 'content-length: 0'],
    body: '',
  },
  {
    name: 'a lone surrogate is sent as U+FFFD',
    app: () => (_req, res) => res.setHeader('content-type', 'text/plain').end('a\ud800b'),
    request: get(),
    body: 'a\ufffdb',
  },
  {
    name: 'seven hundred thousand bytes of an image arrive',
    app: () => (_req, res) => {
      res.setHeader('content-type', 'image/png').end(Buffer.alloc(700_000, files.png))
    },
    request: get(),
    body: Buffer.alloc(700_000, files.png),
  },
  {
    name: 'a million bytes of text arrive',
    app: () => (_req, res) => {
      res.setHeader('content-type', 'text/plain').end('ten bytes.'.repeat(100_000))
    },
    request: get(),
    headers: ['content-length: 1000000'],
    body: 'ten bytes.'.repeat(100_000),
  },
]

function arrives(name: string, type: string, body: string | Buffer): Case {
  return {
    name: `${name} arrives as it is`,
    app: () => (_req, res) => res.setHeader('content-type', type).end(body),
    request: get(),
    headers: [`content-type: ${type}`],
    body,
  }
}

function withType(): NonNullable<Case['balanced']> {
  return {
    because: 'the load balancer adds a type where there is none',
    headers: ['content-type: application/octet-stream'],
    without: [],
  }
}
