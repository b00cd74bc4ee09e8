import type { Answer } from '../scenarios/scenario.ts'
import { toDocument } from './plain-document.ts'
import type { Wrap } from './wrap.ts'

/** The floor of everything: parse the event, serialize a document that was ready before. */
export const wrap: Wrap<Answer> = ({ status, headers, body }, mode) => {
  const document = toDocument(status, headers, body, mode)
  return async () => document
}
