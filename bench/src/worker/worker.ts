import { once } from 'node:events'
import type { Handler } from '../contestants/wrap.ts'
import { countAllocation, peakMemory } from './memory.ts'
import type { Answer, Case, Figures, Task, WorkerMessage } from './task.ts'
import {
  type Invocation,
  invoke,
  timeEarly,
  timeInvocations,
  timeOverlap,
  toInvocation,
} from './time.ts'

export type CreateHandler = (scenario: string, mode: Case['mode']) => Promise<Handler>

/** The life of a worker: one task, its measurements, the end. */
export async function work(createHandler: CreateHandler): Promise<void> {
  // A run that is killed takes its workers along.
  process.on('disconnect', () => process.exit())
  // The runner sends nothing else first.
  const [task] = (await once(process, 'message')) as [Task]
  for (const measured of task.cases) {
    const pause = (figures: Figures, wrong?: string): Promise<Answer> =>
      ask({ kind: 'pause', measurement: { ...measured, ...(wrong && { wrong }), figures } })
    let wrong: string | undefined
    try {
      const invocation = toInvocation(
        await createHandler(measured.scenario, measured.mode),
        measured,
      )
      // Memory is judged afterwards: a document in transit would count as the contestant's.
      if (task.kind !== 'memory') wrong = await judged(measured, invocation)
      if (!wrong) {
        for await (const figures of measure(task, measured, invocation)) await pause(figures)
        wrong = await judged(measured, invocation)
      }
    } catch (error) {
      wrong = `fails: ${error}`
    }
    if (wrong) await pause({}, wrong)
  }
  // No answer comes to it: the runner ends the process, all it said having arrived.
  await ask({ kind: 'done' })
}

/** After each of the figures others work. */
async function* measure(
  task: Task,
  measured: Case,
  invocation: Invocation,
): AsyncIterable<Figures> {
  const isFirst = measured === task.cases[0]
  const pace = isFirst ? task.pace : { ...task.pace, warmupMs: task.pace.rewarmMs }
  if (task.kind === 'time') {
    if (isFirst) yield await timeEarly(invocation)
    yield* timeInvocations(invocation, pace)
  } else if (task.kind === 'overlap') yield* timeOverlap(invocation, pace)
  else if (task.kind === 'allocation') yield await countAllocation(invocation, pace.warmupMs)
  else yield await peakMemory(invocation)
}

async function judged(measured: Case, invocation: Invocation): Promise<string | undefined> {
  const { wrong } = await ask({ kind: 'judge', measured, payload: await invoke(invocation) })
  return wrong
}

async function ask(message: WorkerMessage): Promise<Answer> {
  process.send?.(message)
  // The runner answers each message with one.
  const [answer] = (await once(process, 'message')) as [Answer]
  return answer
}
