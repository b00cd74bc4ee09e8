import { expect, it } from 'vitest'
import { type Step, timetable } from '../src/timetable.ts'

const needed = (expectedMinutes: number): Step => ({ expectedMinutes, isSpare: false })
const spare = (expectedMinutes: number): Step => ({ expectedMinutes, isSpare: true })

it('goes at full pace when there is no hurry', () => {
  expect(went([needed(5), spare(5)], { budget: Number.POSITIVE_INFINITY })).toEqual([
    [5, 1],
    [5, 1],
  ])
})

it('shortens every step alike when the time is short', () => {
  expect(went([needed(10), needed(10)], { budget: 16 })).toEqual([
    [10, 0.8],
    [10, 0.8],
  ])
})

it('makes up for steps that took longer than expected', () => {
  const [, second] = went([needed(10), needed(10)], { budget: 19, slowness: 1.2 })
  expect(second).toEqual([10, 0.65])
})

it('leaves out what can be spared rather than going below half the pace', () => {
  expect(went([needed(10), spare(9), needed(10)], { budget: 14 })).toEqual([
    [10, 0.5],
    [10, 0.9],
  ])
})

it('goes on where an earlier run ended', () => {
  expect(went([needed(1), needed(2), needed(3)], { budget: 99, done: 2 })).toEqual([[3, 1]])
})

/** What was done at which pace, on a machine that takes `slowness` times as long as expected. */
function went(
  steps: readonly Step[],
  { budget, slowness = 1, done = 0 }: { budget: number; slowness?: number; done?: number },
): [expectedMinutes: number, pace: number][] {
  let minutes = 0
  const taken: [number, number][] = []
  for (const { step, pace } of timetable(steps, done, budget, () => minutes)) {
    minutes += step.expectedMinutes * pace * slowness
    taken.push([step.expectedMinutes, Number(pace.toFixed(2))])
  }
  return taken
}
