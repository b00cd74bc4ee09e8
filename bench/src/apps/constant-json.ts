import { smallJson } from '../scenarios/fixtures.ts'
import type { Answer } from '../scenarios/scenario.ts'

export function createApp(): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(smallJson)),
  }
}
