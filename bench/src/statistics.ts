export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  if (sorted.length % 2 === 1) return upper
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Pairs what was measured in turn; what one side measured more often has no pair. */
export function paired(
  left: readonly number[],
  right: readonly number[],
  combine: (left: number, right: number) => number,
): number[] {
  const length = Math.min(left.length, right.length)
  return left.slice(0, length).map((value, turn) => combine(value, right[turn] ?? Number.NaN))
}

/** The median of the ratios of what was measured in turn: a slow moment of the machine slows both. */
export function pairedRatio(left: readonly number[], right: readonly number[]): number {
  return median(paired(left, right, (a, b) => a / b))
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
