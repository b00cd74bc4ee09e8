import type { DifferenceKey } from '../differences/difference.ts'

export const changes = [
  'lost',
  'dropped',
  'ignored',
  'reduced',
  'joined',
  'replaced',
  'changed',
  'sorted',
  'renamed',
  'added',
] as const

/** Something of an exchange that is not the same one step on, and where it stands. */
export interface Mark {
  readonly part: 'request' | 'event' | 'document' | 'response'
  /**
   * Where in that part: `startLine`, `lines` and an index, or the names that lead to it in the event and
   * in the document.
   */
  readonly path: readonly (string | number)[]
  /** The characters that are meant of a start line; without them all of it is. */
  readonly from?: number
  readonly to?: number
  readonly change: (typeof changes)[number]
  /** What became of it, in a few words. */
  readonly text: string
  /** That of the reason in `why`; absent for what is so with every exchange. */
  readonly key?: DifferenceKey
}
