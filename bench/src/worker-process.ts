import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { judge } from './judge.ts'
import { toScenario } from './scenarios/scenarios.ts'
import type { Answer, Measurement, Task, WorkerMessage } from './worker/task.ts'

/** How long a turn may take: the longest are a few seconds on a quiet machine. */
const turnLimitMs = 60_000

/**
 * Runs a task in a process of its own, which works only while the next measurement is awaited, and
 * judges each document it shows. A process that ends or hangs is wrong; it fails nobody else.
 */
export async function* runWorker(
  execPath: string,
  workerPath: string,
  task: Task,
  limitMs = turnLimitMs,
): AsyncGenerator<Measurement> {
  const child = fork(workerPath, { execPath, execArgv: [...(task.flags ?? [])] })
  let [measured] = task.cases
  try {
    let message = await reply(child, task, limitMs)
    while (message.kind !== 'done') {
      let answer: Answer = {}
      if (message.kind === 'judge') {
        measured = message.measured
        const wrong = await judge(toScenario(measured.scenario), measured.mode, message.payload)
        if (wrong) answer = { wrong }
      } else yield message.measurement
      message = await reply(child, answer, limitMs)
    }
  } catch (error) {
    const wrong = `fails: ${error instanceof Error ? error.message : error}`
    if (measured) yield { ...measured, wrong, figures: {} }
  } finally {
    child.kill('SIGKILL')
  }
}

/** Each works a turn after the other, so that a slow moment of the machine hits all alike. */
export async function alternate<Id extends string>(
  workers: ReadonlyMap<Id, AsyncIterator<Measurement>>,
  found: (id: Id, measurement: Measurement) => void,
): Promise<void> {
  const working = new Map(workers)
  while (working.size > 0) {
    for (const [id, measurements] of working) {
      const { value, done } = await measurements.next()
      if (done) working.delete(id)
      else found(id, value)
    }
  }
}

/** Sends something to the worker and waits for what it says next. */
async function reply(
  child: ChildProcess,
  message: Task | Answer,
  limitMs: number,
): Promise<WorkerMessage> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    const answered = once(child, 'message', { signal })
    const ended = once(child, 'exit', { signal }).then(([code, name]) => {
      throw new Error(`the process ended with ${name ?? code}`)
    })
    const late = setTimeout(limitMs, undefined, { signal }).then(() => {
      throw new Error(`no answer within ${limitMs} ms`)
    })
    child.send(message)
    // Workers send nothing else.
    const [answer] = (await Promise.race([answered, ended, late])) as [WorkerMessage]
    return answer
  } finally {
    settled.abort()
  }
}
