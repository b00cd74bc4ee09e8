import { fork } from 'node:child_process'
import { judge } from '../judge.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import type { Measurement, Task, WorkerMessage } from '../worker/task.ts'

/** Runs a task in a process of its own, and judges each document the worker shows. */
export function runWorker(
  execPath: string,
  workerPath: string,
  task: Task,
  execArgv: readonly string[] = [],
): Promise<readonly Measurement[]> {
  const child = fork(workerPath, { execPath, execArgv: [...execArgv] })
  return new Promise((resolve, reject) => {
    const answer = async (message: WorkerMessage): Promise<void> => {
      if (message.kind === 'done') resolve(message.measurements)
      else if (message.kind === 'failed') reject(new Error(`${workerPath}: ${message.reason}`))
      else {
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
}
