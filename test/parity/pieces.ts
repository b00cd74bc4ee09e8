import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { asciiText, latin1Text, utf8Text } from './texts.ts'

/** A part of a body: bytes, or text that Node encodes. */
export interface Piece {
  readonly text: string
  readonly as: 'buffer' | 'uint8array' | BufferEncoding
  readonly times: number
}

const encodings: readonly BufferEncoding[] = [
  'utf8',
  'utf-8',
  'latin1',
  'binary',
  'ascii',
  'utf16le',
  'ucs2',
  'hex',
  'base64',
  'base64url',
]

const times = fc.oneof(
  { weight: 30, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 2000 }) },
)

/** Text with lone surrogates among its characters, as JavaScript strings may have. */
const brokenText = fc
  .tuple(
    utf8Text({ maxLength: 5 }),
    fc.constantFrom('\ud800', '\udc00'),
    utf8Text({ maxLength: 5 }),
  )
  .map((parts) => parts.join(''))

export const text = fc.oneof(
  { weight: 4, arbitrary: utf8Text({ maxLength: 30 }) },
  { weight: 4, arbitrary: asciiText({ maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '<p>é</p>',
      '{"a":"\\u2028"}',
      '\0\x01\x7f',
      '\r\n',
      '\ufeffbom',
    ),
  },
  { weight: 1, arbitrary: brokenText },
)

export const piece: fc.Arbitrary<Piece> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ text, as: fc.constantFrom('utf8' as const, 'buffer' as const), times }),
  },
  { weight: 3, arbitrary: fc.record({ text, as: fc.constantFrom(...encodings), times }) },
  {
    weight: 3,
    arbitrary: fc.record({
      text: latin1Text({ maxLength: 30 }),
      as: fc.constantFrom('buffer' as const, 'uint8array' as const, 'latin1' as const),
      times,
    }),
  },
)

/** The piece as an app gives it to Node: bytes, or a string with its encoding. */
export function given({ text, as, times }: Piece): [string, BufferEncoding] | [Uint8Array] {
  const whole = text.repeat(times)
  if (as === 'buffer') return [Buffer.from(whole, isBytes(whole) ? 'latin1' : 'utf8')]
  if (as === 'uint8array') return [new Uint8Array(Buffer.from(whole, 'latin1'))]
  // Text that is no hex or base64 would give fewer bytes than Node declares for it.
  return [/hex|base64/.test(as) ? Buffer.from(whole).toString(as) : whole, as]
}

export function bytesOf(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => {
      const [data, encoding] = given(piece)
      return typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data)
    }),
  )
}

/** The pieces as they come from a source that needs time, and fails after them if it is to. */
export async function* flow(pieces: readonly Piece[], fails: boolean): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    await turn()
    const bytes = bytesOf([piece])
    if (bytes.length > 0) yield bytes
  }
  if (!fails) return
  await turn()
  throw new Error('the source failed')
}

function isBytes(text: string): boolean {
  return !/[^\0-\xff]/.test(text)
}
