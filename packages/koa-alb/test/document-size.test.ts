import { describe, expect, it } from 'vitest'
import { documentBytes, escapedBytes, fits } from '../src/document-size.ts'
import type { AlbResult } from '../src/types.ts'

const document = (body: string, isBase64Encoded = false): AlbResult => ({
  statusCode: 200,
  statusDescription: '200 OK',
  headers: { 'x-quoted': '"\\\t' },
  body,
  isBase64Encoded,
})

describe('the bytes of a document', () => {
  it.each([
    ['ASCII', 'plain text'],
    ['every control', String.fromCharCode(...Array(0x20).keys())],
    ['quotes and backslashes', '"\\"\\'],
    ['two, three and four byte characters', 'é€😀\u2028\u2029\x7f'],
    ['a byte order mark', '\ufeff'],
    ['a long text of everything', 'a😀"é\n€\0'.repeat(20_000)],
  ])('are exact for %s', (_, text) => {
    expect(escapedBytes(text)).toBe(Buffer.byteLength(JSON.stringify(text)) - 2)
    expect(documentBytes(document(text))).toBe(Buffer.byteLength(JSON.stringify(document(text))))
  })

  it('are exact for base64', () => {
    expect(documentBytes(document('AAAA', true))).toBe(
      Buffer.byteLength(JSON.stringify(document('AAAA', true))),
    )
  })
})

describe('a document fits', () => {
  const empty = documentBytes(document(''))

  it('to the last byte', () => {
    expect(fits(document('a'.repeat(1_048_576 - empty)), 1_048_576)).toBe(true)
    expect(fits(document('a'.repeat(1_048_577 - empty)), 1_048_576)).toBe(false)
  })

  it('with its escapes', () => {
    expect(fits(document('"'.repeat((1_048_576 - empty) / 2)), 1_048_576)).toBe(true)
    expect(fits(document('"'.repeat((1_048_578 - empty) / 2)), 1_048_576)).toBe(false)
  })
})
