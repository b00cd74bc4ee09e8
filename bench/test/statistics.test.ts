import { expect, it } from 'vitest'
import { geometricMean, median, paired, pairedRatio } from '../src/statistics.ts'

it('takes the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('has no median of nothing', () => {
  expect(median([])).toBeNaN()
})

it('compares within a round, so a slow round slows both sides', () => {
  expect(pairedRatio([20, 200, 22], [10, 100, 10])).toBe(2)
})

it('leaves out rounds that only one side has', () => {
  expect(paired([5, 6, 7], [1, 2], (a, b) => a - b)).toEqual([4, 4])
})

it('takes the geometric mean of ratios', () => {
  expect(geometricMean([1, 4])).toBe(2)
})
