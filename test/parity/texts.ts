import fc from 'fast-check'

interface Length {
  minLength?: number
  maxLength: number
}

/** Visible ASCII, spaces and tabs, without what matches `without`. */
export function asciiText({
  without,
  ...length
}: Length & { without?: RegExp }): fc.Arbitrary<string> {
  const every = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  const allowed = [...every, '\t'].filter((character) => !without || character.search(without) < 0)
  return fc.string({ unit: fc.constantFrom(...allowed), ...length })
}

/** Text with characters of one to four UTF-8 bytes, none of them a control character. */
export function utf8Text(length: Length): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.constantFrom(...'aB1 ,;="\\{}'),
    fc.constantFrom(
      'é',
      'ß',
      '€',
      'я',
      '漢',
      '\u{1f600}',
      '\ufeff',
      '\u2028',
      '\u0301',
      '\ufffd',
      '\u{10ffff}',
    ),
  )
  return fc.string({ unit, ...length })
}

/** Any bytes, one character each. */
export function latin1Text(length: Length): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.nat({ max: 255 }).map((byte) => String.fromCharCode(byte)),
    ...length,
  })
}

/** Text as the wire carries it: one character per UTF-8 byte. */
export function wireText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return text.map((value) => Buffer.from(value, 'utf8').toString('latin1'))
}

/** The name in one of four spellings. */
export function caseOf(name: string): fc.Arbitrary<string> {
  const title = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
  const mixed = name.replace(/[a-z]/g, (letter, index) =>
    index % 2 ? letter : letter.toUpperCase(),
  )
  return fc.constantFrom(name, title, name.toUpperCase(), mixed)
}

/** Field names that no parser, framework or load balancer gives a meaning. */
export const headerName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('x-a', 'x-b', 'x-c', 'X-A').chain(caseOf),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length'),
  fc.constantFrom('1', '2', '10', '01', 'x_under', "!#$%&'*+.^_`|~"),
  fc
    .string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 10 })
    .map((name) => `z${name}`),
)
