import type { Mode } from './scenarios/scenario.ts'
import { growthScenarios } from './scenarios/scenarios.ts'
import { allocationFlags } from './worker/memory.ts'
import type { Case, Pace, Task } from './worker/task.ts'

/** How long and how often everything is measured. */
export interface Plan {
  /** Processes per contestant and scenario. */
  readonly rounds: number
  /** Of what is there for orientation: nothing is concluded from it. */
  readonly orientationRounds: number
  readonly modes: readonly Mode[]
  readonly pace: Pace
  /** For what is measured beside the scenarios: overlap, growth, allocation, memory. */
  readonly besides: Pace
  /** The first of all. */
  readonly besidesRounds: number
  readonly coldStarts: number
}

export const fullPlan: Plan = {
  rounds: 3,
  orientationRounds: 2,
  modes: ['single', 'multi'],
  pace: { warmupMs: 6400, rewarmMs: 1600, sliceMs: 25, slices: 7 },
  besides: { warmupMs: 3200, rewarmMs: 800, sliceMs: 15, slices: 5 },
  besidesRounds: 2,
  coldStarts: 30,
}

export const quickPlan: Plan = {
  rounds: 1,
  orientationRounds: 1,
  modes: ['single'],
  pace: { warmupMs: 320, rewarmMs: 80, sliceMs: 10, slices: 3 },
  besides: { warmupMs: 160, rewarmMs: 40, sliceMs: 6, slices: 2 },
  besidesRounds: 1,
  coldStarts: 3,
}

/** What a full run takes for a round, for a Node, in minutes, on the machine of docs/performance.md. */
const roundMinutes = 11

/** Few processes with more slices each: starting and warming up take most of the time. */
export function budgetPlan(budgetMinutes: number, nodeCount: number): Plan {
  const rounds = Math.floor(budgetMinutes / nodeCount / roundMinutes)
  if (rounds >= fullPlan.rounds) return fullPlan
  return {
    ...fullPlan,
    rounds: Math.max(1, rounds),
    orientationRounds: 1,
    besidesRounds: 1,
    pace: { ...fullPlan.pace, slices: 12 },
    besides: { ...fullPlan.besides, warmupMs: 1600, rewarmMs: 400 },
  }
}

/**
 * Takes 4 to 5 seconds to get warm, in steps: in a process that looked flat at a step, an invocation
 * took two to four times as long as in the next process of the same code. It keeps its time, all of it.
 */
const slowToWarm = 'stack'

export function paceOf(scenario: string, pace: Pace): Pace {
  return scenario === slowToWarm ? { ...pace, leastWarmupMs: pace.warmupMs } : pace
}

export function paced(task: Task, pace: number): Task {
  if (task.cases[0]?.scenario === slowToWarm) return task
  const { warmupMs, rewarmMs, ...slices } = task.pace
  return { ...task, pace: { ...slices, warmupMs: warmupMs * pace, rewarmMs: rewarmMs * pace } }
}

/** For all contestants, on the machine of docs/performance.md. */
export function expectedMinutes({ kind, cases }: Task): number {
  const ofTime = cases[0]?.scenario === slowToWarm ? 1.4 : 0.6
  const ofFirst = { time: ofTime, overlap: 0.7, allocation: 0.1, memory: 0.1 }[kind]
  return ofFirst + 0.1 * (cases.length - 1)
}

/** What each contestant does in a round, in a process for each task. */
export function tasksOf(round: number, plan: Plan, scenarios: readonly string[]): Task[] {
  const { modes, pace, besides } = plan
  const times = scenarios.map(
    (scenario): Task => ({
      kind: 'time',
      cases: modes.map((mode) => ({ scenario, mode })),
      pace: paceOf(scenario, pace),
    }),
  )
  // What comes first is missed most when the time is over.
  const others: Task[] = [
    { kind: 'allocation', cases: inSingleMode(scenarios), pace: besides, flags: allocationFlags },
    { kind: 'overlap', cases: inSingleMode(['overlap']), pace: besides },
    { kind: 'memory', cases: inSingleMode(['stream']), pace: besides },
    { kind: 'time', cases: inSingleMode(growthScenarios), pace: besides },
  ]
  return round < plan.besidesRounds ? [...times, ...others] : times
}

function inSingleMode(scenarios: readonly string[]): Case[] {
  return scenarios.map((scenario) => ({ scenario, mode: 'single' }))
}
