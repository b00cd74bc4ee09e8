import { expect, it } from 'vitest'
import { isToken } from '../src/header-lines.ts'

it('a field name has letters, digits and fifteen marks of ASCII', () => {
  const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code))
  expect(characters.filter(isToken).join('')).toBe(
    "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~",
  )
})

it.each(['', 'x y', 'x:', 'naïve', '😀'])('%j is no field name', (name) => {
  expect(isToken(name)).toBe(false)
})
