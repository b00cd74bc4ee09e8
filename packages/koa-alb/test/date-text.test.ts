import { expect, it, vi } from 'vitest'
import { httpDate } from '../src/date.ts'

const clock = vi.hoisted(() => ({ ms: 0 }))
vi.mock('../src/clock.ts', () => ({ now: () => clock.ms }))

it.each([
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777_999],
  ['Sat, 29 Feb 2020 10:00:09 GMT', 1_582_970_409_000],
  ['Mon, 31 Aug 2026 23:59:59 GMT', 1_788_220_799_000],
])('a Date field reads %s', (text, ms) => {
  clock.ms = ms
  expect(httpDate()).toBe(text)
})
