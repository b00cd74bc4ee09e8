import type { StreamedAnswer } from '../answer/answer.ts'
import type { Observation } from './observation.ts'

// Streams have no end; nobody reads more of one on a page.
const mostBytes = 262_144

/** Keeps the beginning of a body that goes to the client as it comes. */
export function observeStream(observation: Observation, streamed: StreamedAnswer): void {
  const { stream, status, phrase, lines, keepAlive } = streamed
  const chunks: Buffer[] = []
  let kept = 0
  observation.answerLength = 0
  observation.answer = {
    status,
    phrase,
    lines,
    keepAlive,
    get body() {
      return Buffer.concat(chunks)
    },
  }
  stream.on('data', (chunk: Buffer) => {
    observation.answerLength = (observation.answerLength ?? 0) + chunk.length
    if (kept >= mostBytes) return
    const part = Buffer.from(chunk.subarray(0, mostBytes - kept))
    kept += part.length
    chunks.push(part)
  })
}
