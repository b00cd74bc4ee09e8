import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import { readHead } from '../request/raw-head.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { HeaderLine } from '../types.ts'

// Nothing that is sent in a head has a line feed.

type RequestHead = Pick<ReceivedHead, 'method' | 'rawHeaders' | 'target'>

/** The head of a request as one text: as it came, where that is there, which saves putting it together. */
export function toRequestText(
  { method, target }: LogEntry,
  head: ReceivedHead | undefined,
): string {
  return head?.text ?? [method, target, ...(head?.rawHeaders ?? [])].join('\n')
}

/** @param isAsItCame whether the head was there as one text */
export function fromRequestText(text: string, isAsItCame: boolean): RequestHead {
  if (isAsItCame) return readHead(text)
  const [method = '', target = '', ...rawHeaders] = text.split('\n')
  return { method, target, rawHeaders }
}

/** What else the heads of an exchange say. */
export interface OtherText {
  readonly httpVersion: string
  readonly requestId: string | undefined
  readonly traceId: string | undefined
  readonly phrase: string
  readonly lines: readonly HeaderLine[]
}

export function toOtherText(entry: LogEntry, answer: Observation['answer']): string {
  const { httpVersion, requestId = '', traceId = '' } = entry
  let text = `${httpVersion}\n${requestId}\n${traceId}`
  if (!answer) return text
  text += `\n${answer.phrase}`
  for (const [name, value] of answer.lines) text += `\n${name}\n${value}`
  return text
}

export function fromOtherText(text: string): OtherText {
  const [httpVersion = '', requestId = '', traceId = '', phrase = '', ...rest] = text.split('\n')
  const lines = Array.from({ length: rest.length / 2 }, (_, index): HeaderLine => {
    return [rest[2 * index] ?? '', rest[2 * index + 1] ?? '']
  })
  return {
    httpVersion,
    requestId: requestId || undefined,
    traceId: traceId || undefined,
    phrase,
    lines,
  }
}
