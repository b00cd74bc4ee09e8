import { fork } from 'node:child_process'
import { judge } from '../judge.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import type { Measurement, Task, WorkerMessage } from '../worker/task.ts'
import { Turns } from './turns.ts'

export interface WorkerOptions {
  readonly execArgv?: readonly string[]
  /** Shared by workers that are to alternate. */
  readonly turns?: Turns
}

/**
 * Runs a task in a process of its own, and judges each document the worker shows. The worker works
 * only while it has the turn, which it passes on whenever it pauses.
 */
export async function runWorker(
  execPath: string,
  workerPath: string,
  task: Task,
  { execArgv = [], turns = new Turns() }: WorkerOptions = {},
): Promise<readonly Measurement[]> {
  await turns.take()
  const child = fork(workerPath, { execPath, execArgv: [...execArgv] })
  try {
    return await new Promise((resolve, reject) => {
      const answer = async (message: WorkerMessage): Promise<void> => {
        if (message.kind === 'done') resolve(message.measurements)
        else if (message.kind === 'failed') reject(new Error(`${workerPath}: ${message.reason}`))
        else if (message.kind === 'pause') {
          turns.pass()
          await turns.take()
          child.send({})
        } else {
          const wrong = await judge(toScenario(message.scenario), message.mode, message.payload)
          child.send({ wrong })
        }
      }
      child.on('message', (message: WorkerMessage) => void answer(message).catch(reject))
      child.on('error', reject)
      // After a result this rejects nothing any more.
      child.on('exit', (code, signal) => {
        reject(new Error(`${workerPath} ended with ${signal ?? code} before its measurements`))
      })
      child.send(task)
    })
  } finally {
    turns.pass()
  }
}
