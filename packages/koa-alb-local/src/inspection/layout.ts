import { partNumbers } from './kept-bytes.ts'
import { entryNumbers } from './kept-entry.ts'

// How an exchange lies in an arena: the numbers of its entry, flags, the status of the answer, the numbers
// of its parts, and their bytes.

export const bytesPerNumber = Float64Array.BYTES_PER_ELEMENT
export const flagsAt = entryNumbers
export const statusAt = entryNumbers + 1
export const partsAt = entryNumbers + 2
export const bytesAt = (partsAt + partNumbers) * bytesPerNumber

export const flags = {
  hasHead: 1,
  /** Whether the head of the request is there as it came. */
  isHeadText: 2,
  isHttp2: 4,
  isAnsweredByFunction: 8,
  /** Whether the body of the answer is that of the document. */
  isBodyInDocument: 16,
  /** Whether all of the answer is what is made of the document, but for the time. */
  isAnswerInDocument: 32,
} as const
