/** Warm-ups of less than 3.2 seconds may end before the code is compiled. */
const leastPace = 0.5

/** How many minutes the expectation counts like minutes measured. */
const expectationMinutes = 2

export interface Step {
  /** At full pace, on the machine of docs/performance.md. */
  readonly expectedMinutes: number
  /** Left out when the others would not end in time. */
  readonly isSpare: boolean
}

export interface Turn<S extends Step> {
  readonly step: S
  /** 1, or less when what is left would not end in time at full pace. */
  readonly pace: number
  /** What the step may take. */
  readonly minutes: number
  /** How many steps are behind when it is. */
  readonly done: number
}

/** Gives the steps after the first `done` a pace at which they end in time, as far as they can. */
export function* timetable<S extends Step>(
  steps: readonly S[],
  done: number,
  budgetMinutes: number,
  elapsedMinutes: () => number,
): Generator<Turn<S>> {
  const begun = elapsedMinutes()
  let expected = expectationMinutes
  for (let index = done; index < steps.length; index += 1) {
    const [step, ...later] = steps.slice(index)
    if (!step) return
    const slowness = (elapsedMinutes() - begun + expectationMinutes) / expected
    const left = budgetMinutes - elapsedMinutes()
    const needed = step.expectedMinutes + sum(later.filter(({ isSpare }) => !isSpare))
    if (step.isSpare && left < needed * slowness * leastPace) continue
    const all = step.expectedMinutes + sum(later)
    const pace = Math.min(1, Math.max(leastPace, left / (all * slowness)))
    expected += step.expectedMinutes * pace
    yield { step, pace, minutes: (left * step.expectedMinutes) / all, done: index + 1 }
  }
}

function sum(steps: readonly Step[]): number {
  return steps.reduce((minutes, { expectedMinutes }) => minutes + expectedMinutes, 0)
}
