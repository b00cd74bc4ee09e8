import { expect, it } from 'vitest'
import { FunctionLines } from '../../../src/cli/terminal/function-line.ts'
import { plain } from '../../../src/cli/terminal/request-line.ts'
import { shortNames } from '../../../src/cli/terminal/short-names.ts'

const written = '2026-01-01T00:00:00.000Z\t8d3c1b5e-0000-4000-8000-000000000000\tWARN\tlow on nuts'
const one = shortNames(['koa-alb-local'])
const two = shortNames(['OrdersFunction3F4A9B2C', 'Web'])

it.each([
  ['the level', one, 'koa-alb-local', 'WARN    │ low on nuts'],
  ['with several functions the name', two, 'OrdersFunction3F4A9B2C', 'Orders W│ low on nuts'],
  ['a name that is short', two, 'Web', 'Web    W│ low on nuts'],
])('a line of console has ten characters in front: %s', (_what, names, name, expected) => {
  expect(new FunctionLines(names, plain, false).shown(name, written)).toBe(expected)
})

it.each([
  ['as it is for a program', false, '{"level":30}'],
  ['with the name on a terminal', true, 'Web     │ {"level":30}'],
])('any other line is shown %s', (_what, isTerminal, expected) => {
  expect(new FunctionLines(two, plain, isTerminal).shown('Web', '{"level":30}')).toBe(expected)
})

it.each([
  [
    ['ApiFunction1A2B3C4D', 'ApiHandler'],
    ['Api', 'Api2'],
  ],
  [
    ['orders-reader', 'orders-writer'],
    ['orders', 'order2'],
  ],
  [['Function'], ['Functi']],
])('names of %j are %j in short', (names, expected) => {
  expect([...shortNames(names).values()]).toEqual(expected)
})
