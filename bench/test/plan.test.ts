import { expect, it } from 'vitest'
import { budgetPlan, expectedMinutes, paced, tasksOf } from '../src/plan.ts'

it.each([
  [Number.POSITIVE_INFINITY, 3, 3],
  [100, 3, 3],
  [70, 3, 2],
  [25, 3, 1],
  [1, 1, 1],
])('in %d minutes on %d Node versions there are so many rounds: %d', (minutes, nodes, rounds) => {
  expect(budgetPlan(minutes, nodes).rounds).toBe(rounds)
})

it('expects a round of all scenarios to take about ten minutes', () => {
  const plan = budgetPlan(Number.POSITIVE_INFINITY, 1)
  const scenarios = Array.from({ length: 10 }, () => 'json')
  const minutes = tasksOf(0, plan, scenarios).reduce((sum, task) => sum + expectedMinutes(task), 0)
  expect(minutes).toBeCloseTo(10.1, 1)
})

it('shortens warm-ups, not what is measured', () => {
  const pace = { warmupMs: 6400, rewarmMs: 1600, sliceMs: 25, slices: 15 }
  const task = { kind: 'time', cases: [], pace } as const
  expect(paced(task, 0.75).pace).toEqual({ ...pace, warmupMs: 4800, rewarmMs: 1200 })
  const stack = { ...task, cases: [{ scenario: 'stack', mode: 'single' }] } as const
  expect(paced(stack, 0.75)).toBe(stack)
})
