import compressible from 'compressible'
import db from 'mime-db'
import { describe, expect, it } from 'vitest'
import { codingFor, isCompressible, toCompressedFields } from '../src/compression.ts'
import { toHead } from '../src/response.ts'

const headOf = (...lines: string[]) => toHead(['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n'))
const html = (...lines: string[]) => headOf('Content-Type: text/html', ...lines)
const get = (acceptEncoding: string) => ({
  method: 'GET',
  rawHeaders: ['accept-encoding', acceptEncoding],
})

it('knows the compressible types of mime-db', () => {
  const differing = Object.keys(db).filter(
    (type) => isCompressible(type) !== Boolean(compressible(type)),
  )
  expect(differing).toEqual([])
})

describe('the coding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip; q=1.0, br; q=1.0', 'br'],
  ])('for %j is %s', (acceptEncoding, coding) => {
    expect(codingFor(get(acceptEncoding), html())).toBe(coding)
  })

  it.each(['', 'identity', 'deflate', 'gzip;q=0', '*;q=0', 'br;q=x'])(
    'for %j is none',
    (accepted) => {
      expect(codingFor(get(accepted), html())).toBeUndefined()
    },
  )

  it('is zstd where the client takes nothing else and Node has it', () => {
    const hasZstd = 'createZstdCompress' in process.getBuiltinModule('node:zlib')
    expect(codingFor(get('zstd'), html())).toBe(hasZstd ? 'zstd' : undefined)
  })
})

describe('a response stays as it is', () => {
  it.each([
    ['encoded', html('Content-Encoding: identity')],
    ['not to be transformed', html('Cache-Control: public, No-Transform')],
    ['an image', headOf('Content-Type: image/png')],
    ['without a type', headOf()],
    ['partial', toHead('HTTP/1.1 206 Partial Content\r\nContent-Type: text/html\r\n\r\n')],
  ])('when it is %s', (_, head) => {
    expect(codingFor(get('gzip'), head)).toBeUndefined()
  })

  it('when it answers HEAD', () => {
    expect(codingFor({ ...get('gzip'), method: 'HEAD' }, html())).toBeUndefined()
  })
})

// Fields that cover bytes, or seem to: RFC 9110, 9530, 9421, 3230, 3229, 1864.
describe('of the fields that cover bytes', () => {
  it.each([
    'Content-Digest: sha-256=:x:',
    'Repr-Digest: sha-256=:x:',
    'Digest: sha-256=x',
    'Content-MD5: x',
    'Signature: a=:x:',
    'Signature-Input: a=("content-length")',
    'IM: feed',
    'Content-Range: bytes 0-1/2',
    'Content-Encoding: gzip',
  ])('%s is a reason not to compress', (line) => {
    expect(codingFor(get('br'), html(line))).toBeUndefined()
  })

  it.each([
    ['Content-Length: 5', []],
    ['Accept-Ranges: bytes', []],
    ['ETag: unquoted', []],
    ['ETag: "x"', [['ETag', 'W/"x"']]],
    ['ETag: W/"x"', [['ETag', 'W/"x"']]],
    ['Accept-Ranges: none', [['Accept-Ranges', 'none']]],
    ['Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT', 'kept'],
    ['Want-Content-Digest: sha-256=1', 'kept'],
    ['Want-Repr-Digest: sha-256=1', 'kept'],
    ['Want-Digest: sha-256', 'kept'],
    ['Accept-Signature: a=("content-digest")', 'kept'],
    ['Unencoded-Digest: sha-256=:x:', 'kept'],
    ['Content-Language: de', 'kept'],
    ['Content-Location: /a.de', 'kept'],
    ['Cache-Control: max-age=1', 'kept'],
    ['Age: 1', 'kept'],
    ['Expires: 0', 'kept'],
  ])('%s becomes %j', (line, expected) => {
    const head = html(line)
    expect(codingFor(get('br'), head)).toBe('br')
    const added = ['content-type', 'content-encoding', 'vary']
    const left = toCompressedFields(head.fields, 'br').filter(({ key }) => !added.includes(key))
    const lines = left.map(({ name, values }) => [name, ...values])
    expect(lines).toEqual(expected === 'kept' ? [line.split(': ')] : expected)
  })
})

describe('the fields of a compressed response', () => {
  const fieldsOf = (...lines: string[]) =>
    [...toCompressedFields(html(...lines).fields, 'br').values()]
      .filter(({ name }) => name !== 'Content-Type')
      .map(({ name, values }) => [name, ...values])

  it('name the coding and what it varies by', () => {
    expect(fieldsOf()).toEqual([
      ['Content-Encoding', 'br'],
      ['Vary', 'Accept-Encoding'],
    ])
  })

  it.each(['accept-encoding', 'Origin, Accept-Encoding', '*'])('leave vary: %s', (vary) => {
    expect(fieldsOf(`vary: ${vary}`)).toContainEqual(['vary', vary])
  })

  it('add to another vary', () => {
    expect(fieldsOf('vary: Origin')).toContainEqual(['vary', 'Origin', 'Accept-Encoding'])
  })
})
