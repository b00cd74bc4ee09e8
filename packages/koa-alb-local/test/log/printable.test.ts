import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  printable,
  printableInColours,
  printableLines,
  shortened,
  shownError,
} from '../../src/log/printable.ts'

describe('a printable text', () => {
  it.each([
    ['the title of the terminal', '\x1b]0;x\x07', '\\x1b]0;x\\x07'],
    ['its clipboard', '\x1b]52;c;aGk=\x1b\\', '\\x1b]52;c;aGk=\\x1b\\'],
    ['its cursor', '\x1b[2Ja\rb\bc', '\\x1b[2Ja\\rb\\x08c'],
    ['its colours', '\x1b[31m', '\\x1b[31m'],
    ['it by one character of eight bits', '\x9b2J', '\\x9b2J'],
    ['lines', 'a\nb\x85c\u2028d', 'a\\nb\\x85c\\u2028d'],
    ['the direction of text', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ])('does not steer %s', (_what, text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it('keeps tabs, letters of any script and pictures', () => {
    expect(printable('a\tü ж 日 🎉')).toBe('a\tü ж 日 🎉')
  })

  it('keeps the ends of its lines where it may have several', () => {
    expect(printableLines('a\x07\r\nb\nc')).toBe('a\\x07\nb\nc')
  })
})

describe('a shortened text', () => {
  it('ends with an ellipsis', () => {
    expect(shortened('abcdef', 3)).toBe('abc…')
    expect(shortened('abc', 3)).toBe('abc')
  })

  it('has no half of a character', () => {
    expect(shortened('ab🎉', 3)).toBe('ab…')
  })
})

describe('a line in colours', () => {
  const shown = { hasColours: true, most: 5 }

  it('keeps colours and nothing else that steers the terminal', () => {
    const line = '\x1b[1;31ma\x1b[0m\x1b[2J'
    expect(printableInColours(line, { ...shown, most: 99 })).toBe('\x1b[1;31ma\x1b[0m\\x1b[2J')
  })

  it('has none where there are none', () => {
    expect(printableInColours('\x1b[31ma\x1b[0m', { ...shown, hasColours: false })).toBe('a')
  })

  it('is cut without counting them, and ends those that it began', () => {
    expect(printableInColours('\x1b[31mabcdefg\x1b[0m', shown)).toBe('\x1b[31mabcde\x1b[0m…')
  })
})

describe('an error is shown', () => {
  it('with a buffer as text', () => {
    const error = { start: Buffer.from('GET /\x1b'), rest: Buffer.alloc(60, 'a') }
    expect(shownError(error)).toBe(
      `{\n  start: Buffer 'GET /\\x1B',\n  rest: Buffer '${'a'.repeat(50)}'… 10 more bytes\n}`,
    )
  })

  it('with no line of more than 300 characters, and 100 lines at most', () => {
    const error = new Error(`${'a'.repeat(400)}\n`.repeat(150))
    const lines = shownError(error).split('\n')
    expect(lines).toHaveLength(101)
    expect(lines[1]).toBe(`${'a'.repeat(300)}…`)
    expect(lines[100]).toMatch(/^… \d+ more lines$/)
  })

  it('when it does not let itself be shown', () => {
    const error = {
      [inspect.custom]() {
        throw new Error('no')
      },
    }
    expect(shownError(error)).toBe('what was thrown cannot be shown: no')
  })
})
