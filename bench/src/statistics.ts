export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  if (sorted.length % 2 === 1) return upper
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Pairs what was measured in the same round; what one side measured in more rounds has no pair. */
export function paired(
  left: readonly number[],
  right: readonly number[],
  combine: (left: number, right: number) => number,
): number[] {
  const length = Math.min(left.length, right.length)
  return left.slice(0, length).map((value, round) => combine(value, right[round] ?? Number.NaN))
}

/** The median of the ratios within each round: a slow minute of the machine slows both sides. */
export function pairedRatio(left: readonly number[], right: readonly number[]): number {
  return median(paired(left, right, (a, b) => a / b))
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
