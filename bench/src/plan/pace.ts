import type { Mode } from '../scenarios/scenario.ts'
import type { Pace } from '../worker/task.ts'

/** How long and how often everything is measured. */
export interface Plan {
  /** Processes per contestant and scenario. */
  readonly rounds: number
  /** Of what is there for orientation: nothing is concluded from it. */
  readonly orientationRounds: number
  readonly modes: readonly Mode[]
  readonly pace: Pace
  /** For what is measured beside the scenarios: overlap, growth, allocation. */
  readonly besides: Pace
  readonly besidesRounds: number
  readonly memoryInvocations: number
  readonly coldStarts: number
}

export const fullPlan: Plan = {
  rounds: 3,
  orientationRounds: 2,
  modes: ['single', 'multi'],
  pace: { warmupMs: 2000, rewarmMs: 400, sliceMs: 25, slices: 7 },
  besides: { warmupMs: 1500, rewarmMs: 250, sliceMs: 15, slices: 5 },
  besidesRounds: 2,
  memoryInvocations: 20,
  coldStarts: 30,
}

export const quickPlan: Plan = {
  rounds: 1,
  orientationRounds: 1,
  modes: ['single'],
  pace: { warmupMs: 250, rewarmMs: 60, sliceMs: 10, slices: 3 },
  besides: { warmupMs: 100, rewarmMs: 20, sliceMs: 6, slices: 2 },
  besidesRounds: 1,
  memoryInvocations: 8,
  coldStarts: 3,
}

export const overlapLevels: readonly number[] = [1, 10, 100]

/** 1,048,576 bytes are the most a load balancer takes; a document holds a little less text. */
export const growthScenarios: readonly string[] = [
  'download-1000',
  'download-10000',
  'download-100000',
  'download-1000000',
  'upload-1000',
  'upload-10000',
  'upload-100000',
  'upload-1000000',
]
