import { gzipSync } from 'node:zlib'
import type { Answer } from '../scenarios/scenario.ts'
import { toScenario } from '../scenarios/scenarios.ts'

/** No app: what one would answer. */
export async function createApp(id: string): Promise<Answer> {
  const { answer } = toScenario(id)
  const isCompressed = answer.headers['content-encoding'] === 'gzip'
  return isCompressed ? { ...answer, body: gzipSync(answer.body) } : answer
}
