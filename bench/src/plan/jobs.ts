import type { Contestant } from '../contestants/contestants.ts'
import { allocationFlags } from '../worker/allocation.ts'
import type { Task } from '../worker/task.ts'
import { growthScenarios, overlapLevels, type Plan } from './pace.ts'

/** A process to run for each contestant; they take turns. */
export interface Job {
  readonly flags: readonly string[]
  taskFor(contestant: Contestant): Task
}

/** The jobs of a round; interleaved so that a slow minute of the machine hits all alike. */
export function jobsOf(round: number, plan: Plan, scenarios: readonly string[]): Job[] {
  const jobs: Job[] = []
  if (round < plan.rounds) jobs.push(...scenarios.map((scenario) => timeJob(scenario, plan)))
  if (round >= plan.besidesRounds) return jobs
  const pace = plan.besides
  jobs.push(
    job({ kind: 'overlap', levels: overlapLevels, pace }),
    job({ kind: 'time', cases: growthScenarios.map(inSingleMode), pace }),
    job({
      kind: 'memory',
      case: inSingleMode('stream'),
      invocations: plan.memoryInvocations,
    }),
    job({ kind: 'allocation', cases: scenarios.map(inSingleMode), pace }, allocationFlags),
  )
  return jobs
}

function timeJob(scenario: string, { modes, pace }: Plan): Job {
  return {
    flags: [],
    taskFor: ({ family }) => ({
      kind: 'time',
      // What is there for orientation, or the same in both modes, is measured in one.
      cases: (family === 'koa' ? modes : modes.slice(0, 1)).map((mode) => ({ scenario, mode })),
      pace,
    }),
  }
}

function job(task: Task, flags: readonly string[] = []): Job {
  return { flags, taskFor: () => task }
}

function inSingleMode(scenario: string): { scenario: string; mode: 'single' } {
  return { scenario, mode: 'single' }
}
