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
  /** Of the answer, where it is not in the document. */
  readonly phrase: string
  readonly lines: readonly HeaderLine[]
  /** Of the answer, where the rest of it is in the document. */
  readonly date: string
}

/** @param isInDocument whether the answer is made of the document again */
export function toOtherText(
  { httpVersion, requestId = '', traceId = '' }: LogEntry,
  answer: Observation['answer'],
  isInDocument: boolean,
): string {
  let text = `${httpVersion}\n${requestId}\n${traceId}`
  if (!answer) return text
  if (isInDocument) return `${text}\n${dateOf(answer.lines)}`
  text += `\n${answer.phrase}`
  for (const [name, value] of answer.lines) text += `\n${name}\n${value}`
  return text
}

/** The load balancer's own lines come first; where it has none, any will do. */
function dateOf([first, second]: readonly HeaderLine[]): string {
  const [, date = ''] = first?.[0] === 'Date' ? first : (second ?? [])
  return date
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
    date: phrase,
  }
}
