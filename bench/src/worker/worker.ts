import { once } from 'node:events'
import type { Handler } from '../contestants/wrap.ts'
import { countAllocation } from './allocation.ts'
import { type Invocation, invoke, toInvocation } from './invocation.ts'
import { peakMemory } from './memory.ts'
import { timeOverlap } from './overlap.ts'
import type { Case, Figures, Measurement, Task, Verdict, WorkerMessage } from './task.ts'
import { timeEarly, timeInvocations } from './time.ts'

export type CreateHandler = (scenario: string, mode: Case['mode']) => Promise<Handler>

/** The life of a worker: one task, its measurements, the end. */
export async function work(createHandler: CreateHandler): Promise<void> {
  // The runner sends nothing else first.
  const [task] = (await once(process, 'message')) as [Task]
  try {
    tell({ kind: 'done', measurements: await run(task, createHandler) })
  } catch (error) {
    tell({ kind: 'failed', reason: String(error instanceof Error ? error.stack : error) })
  }
  process.disconnect()
}

async function run(task: Task, createHandler: CreateHandler): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const measured of casesOf(task)) {
    const handler = await createHandler(measured.scenario, measured.mode)
    const invocation = toInvocation(handler, measured)
    const figures: Record<string, readonly number[]> = {}
    // Memory is judged afterwards: a document in transit would count as the contestant's.
    let wrong = task.kind === 'memory' ? undefined : await judged(measured, invocation)
    const isFirst = measurements.length === 0
    if (!wrong && isFirst && task.kind === 'time')
      Object.assign(figures, await timeEarly(invocation))
    if (!wrong) Object.assign(figures, await measure(paced(task, isFirst), invocation))
    // The others finish their last slices before anyone goes on.
    await pause()
    wrong ??= await judged(measured, invocation)
    measurements.push({ ...measured, ...(wrong ? { wrong, figures: {} } : { figures }) })
  }
  return measurements
}

function casesOf(task: Task): readonly Case[] {
  if (task.kind === 'overlap') return [{ scenario: 'overlap', mode: 'single' }]
  return task.kind === 'memory' ? [task.case] : task.cases
}

function paced(task: Task, isFirst: boolean): Task {
  if (task.kind === 'memory' || isFirst) return task
  return { ...task, pace: { ...task.pace, warmupMs: task.pace.rewarmMs } }
}

async function measure(task: Task, invocation: Invocation): Promise<Figures> {
  if (task.kind === 'time') return timeInvocations(invocation, task.pace, pause)
  if (task.kind === 'allocation') return countAllocation(invocation, task.pace.warmupMs)
  if (task.kind === 'memory') return peakMemory(invocation, task.invocations)
  return timeOverlap(invocation, task.levels, task.pace, pause)
}

/** What is wrong with the answer; a contestant that fails is wrong, too. */
async function judged(measured: Case, invocation: Invocation): Promise<string | undefined> {
  let payload: string
  try {
    payload = await invoke(invocation)
  } catch (error) {
    return `fails: ${error}`
  }
  tell({ kind: 'judge', ...measured, payload })
  // The runner answers each question with one verdict.
  const [{ wrong }] = (await once(process, 'message')) as [Verdict]
  return wrong
}

/** Lets others work. */
async function pause(): Promise<void> {
  tell({ kind: 'pause' })
  await once(process, 'message')
}

function tell(message: WorkerMessage): void {
  process.send?.(message)
}
