import type { Random } from './random.ts'

/** Stands in values that must never be shown in a message. */
export const SECRET = 'hunter2'

export const nastyNames = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'length',
  '0',
  '-1',
  '',
  ' ',
  'a b',
  'a:b',
  'a\r\nset-cookie: b',
  'a\0',
  'é',
  '\ud800',
  'Host',
  'HOST',
  'host',
  'Content-Length',
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
  'upgrade',
  'cookie',
  'Cookie',
  'set-cookie',
  'x-forwarded-for',
  'x-forwarded-proto',
  'accept-encoding',
  'content-type',
  'content-encoding',
  'a&b=c',
  'a[]',
  'a[__proto__][b]',
]

const nastyTexts = [
  '',
  ' ',
  '\t',
  SECRET,
  '\0',
  `${SECRET}\r\nx-injected: 1`,
  `${SECRET}\n`,
  '\r',
  '\x7f',
  '\ud800',
  '\udc00x',
  '\u010d\u010ax-injected: 1',
  '\u2028\u2029\ufeff',
  '😀',
  '\xff',
  '%',
  '%00',
  '%0d%0ax-injected:%201',
  '%E0%A4%A',
  '../../etc/passwd',
  '//evil.test/',
  'http://evil.test/a?b',
  '*',
  '?a=b#c',
  '__proto__',
  '0',
  '-1',
  '1e309',
  'gzip;q=0, br;q=x, *;q=',
  'bytes=0-0,5-,-1',
  '[::1]:99999',
  '192.0.2.1, [2001:db8::1',
  '====',
  'AP+A',
  'AP-_',
  'AP+',
]

export function nastyText(random: Random): string {
  if (random.chance(0.002)) return 'a'.repeat(random.below(300_000))
  if (random.chance(0.02)) return `${SECRET}=${';, %&=?'.repeat(random.below(200))}`
  if (random.chance(0.1)) return nastyCharacters(random)
  return random.pick(nastyTexts)
}

function nastyCharacters(random: Random): string {
  const limit = random.pick([0x21, 0x80, 0x100, 0x1_0000])
  return String.fromCharCode(...Array.from({ length: random.below(20) }, () => random.below(limit)))
}

/** Anything that JSON can hold. */
export function nastyValue(random: Random): unknown {
  if (random.chance(0.002)) return nested(random.below(1_000))
  return random.pick<() => unknown>([
    () => undefined,
    () => null,
    () => random.chance(0.5),
    () => random.pick([0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER]),
    () => nastyText(random),
    () => [],
    () => [nastyText(random), null],
    () => [[nastyText(random)]],
    () => ({}),
    () => record([[random.pick(nastyNames), nastyText(random)]]),
    () => record([['__proto__', { polluted: true }]]),
    () => record([['then', nastyText(random)]]),
    () => record([['length', 1]]),
  ])()
}

function nested(depth: number): unknown {
  let value: unknown = SECRET
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** An object with these own properties, `__proto__` as JSON.parse would give it. */
export function record(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [key, value] of entries) put(object, key, value)
  return object
}

export function put(object: Record<string, unknown>, key: string, value: unknown): void {
  const property = { value, enumerable: true, configurable: true, writable: true }
  Object.defineProperty(object, key, property)
}
