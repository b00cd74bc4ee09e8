import { expect, it } from 'vitest'
import { parseArguments } from '../src/arguments.ts'

it('measures everything on the Node that runs it, without a limit, unless told otherwise', () => {
  const { nodes, scenarios, contestants, ...others } = parseArguments([])
  expect([nodes, scenarios.length, contestants.length]).toEqual([[process.execPath], 10, 10])
  expect(others).toMatchObject({ quick: false, resume: false, tolerance: 5 })
  expect(Object.keys(others)).not.toContain('budgetMinutes')
})

it('takes a commit, a tolerance and a budget', () => {
  const args = ['--gate', 'v1.0.0', '--tolerance', '7.5', '--budget', '25']
  expect(parseArguments(args)).toMatchObject({ gate: 'v1.0.0', tolerance: 7.5, budgetMinutes: 25 })
})

it.each([
  [['--budget', 'soon'], '--budget soon is no number above 0'],
  [['--tolerance', '0'], '--tolerance 0 is no number above 0'],
  [['--contestant', 'koa'], '--contestant koa is none of koa-alb, serverless-http, '],
])('refuses %j', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message)
})
