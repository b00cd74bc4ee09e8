import type { Check } from './check.ts'

/** Judges whether these bytes, given as base64, are what the client gets. */
export function judgeBytes(expected: string): Check['judge'] {
  const bytes = Buffer.from(expected, 'base64')
  return ({ answer, question, refusal }) => {
    if (question.isExtreme && refusal !== undefined)
      return [`${question.about}: ${refusal.split('\n', 1)[0]}`]
    if (!answer || answer.body.equals(bytes)) return []
    return [
      `${question.about}: ${bytes.length} bytes were sent, ${answer.body.length} others arrive`,
    ]
  }
}
