import type { Case } from '../contract.ts'
import { get } from '../request.ts'

export const encodingCases: readonly Case[] = [
  {
    name: 'end encodes text as UTF-8 unless told otherwise',
    app: () => (_req, res) => res.end('h\u00e9llo \u20ac \u{1f600}'),
    request: get(),
    body: Buffer.from('68c3a96c6c6f20e282ac20f09f9880', 'hex'),
  },
  {
    name: 'end takes latin1',
    app: () => (_req, res) =>
      res.setHeader('content-type', 'text/plain').end('caf\u00e9', 'latin1'),
    request: get(),
    body: Buffer.from('636166e9', 'hex'),
  },
  {
    name: 'end takes base64',
    app: () => (_req, res) => res.end('aGVsbG8=', 'base64'),
    request: get(),
    body: 'hello',
  },
  {
    name: 'end takes hex',
    app: () => (_req, res) => res.end('00ff7f80', 'hex'),
    request: get(),
    body: Buffer.from('00ff7f80', 'hex'),
  },
  {
    name: 'end takes utf16le',
    app: () => (_req, res) => res.setHeader('content-type', 'text/plain').end('h\u20ac', 'utf16le'),
    request: get(),
    body: Buffer.from('6800ac20', 'hex'),
  },
  {
    name: 'write takes an encoding each time',
    app: () => (_req, res) => {
      res.write('e9', 'hex')
      res.write('\u00e9', 'latin1')
      res.write('6Q==', 'base64')
      res.end('\u00e9')
    },
    request: get(),
    body: Buffer.from('e9e9e9c3a9', 'hex'),
  },
  {
    name: 'write takes Buffer and Uint8Array',
    app: () => (_req, res) => {
      res.write(Buffer.from([0, 1]))
      res.write(new Uint8Array([2, 255]))
      res.end()
    },
    request: get(),
    body: Buffer.from('000102ff', 'hex'),
  },
  {
    name: 'a character split between two writes stays whole',
    app: () => (_req, res) => {
      res.setHeader('content-type', 'text/plain; charset=utf-8')
      res.write(Buffer.from('e282', 'hex'))
      res.end(Buffer.from('ac', 'hex'))
    },
    request: get(),
    body: '\u20ac',
  },
  {
    name: 'write takes ascii, ucs2, binary and base64url',
    app: () => (_req, res) => {
      res.write('\u00e9', 'ascii')
      res.write('\u00e9', 'ucs2')
      res.write('\u00e9', 'binary')
      res.end('_-8', 'base64url')
    },
    request: get(),
    body: Buffer.from('e9e900e9ffef', 'hex'),
  },
]
