import { gzipSync } from 'node:zlib'
import { smallJson } from '../scenarios/fixtures.ts'
import type { Answer } from '../scenarios/scenario.ts'
import { toDocument } from './floor.ts'
import type { Wrap } from './wrap.ts'

/** The floor of everything: parse the event, serialize a document that was ready before. */
export const wrap: Wrap<Answer> = ({ status, headers, body }, mode) => {
  const document = toDocument(status, headers, body, mode)
  return async () => document
}

/** No app: what one would answer. */
export async function createApp(id: string): Promise<Answer> {
  const { toScenario } = await import('../scenarios/scenarios.ts')
  const { answer } = toScenario(id)
  const isCompressed = answer.headers['content-encoding'] === 'gzip'
  return isCompressed ? { ...answer, body: gzipSync(answer.body) } : answer
}

/** The same without the scenarios, which a function's bundle is not to hold. */
export function createJsonApp(): Answer {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { status: 200, headers, body: Buffer.from(JSON.stringify(smallJson)) }
}
