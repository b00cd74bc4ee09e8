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
    ['a range', html('Content-Range: bytes 0-1/2')],
    ['not to be transformed', html('Cache-Control: public, No-Transform')],
    ['covered by a digest', html('Content-Digest: sha-256=:x:')],
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

describe('the fields of a compressed response', () => {
  const fieldsOf = (...lines: string[]) =>
    [...toCompressedFields(html(...lines).fields, 'br').values()]
      .filter(({ name }) => name !== 'Content-Type')
      .map(({ name, values }) => [name, ...values])

  it('name the coding and what it varies by', () => {
    expect(fieldsOf('Content-Length: 5', 'Accept-Ranges: bytes')).toEqual([
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

  it.each([
    ['"x"', 'W/"x"'],
    ['W/"x"', 'W/"x"'],
  ])('weaken the entity tag %s to %s', (tag, weakened) => {
    expect(fieldsOf(`ETag: ${tag}`)).toContainEqual(['ETag', weakened])
  })
})
