/** What a load balancer did to a request or a response, and where docs/alb-behaviour.md says so. */
export interface Difference {
  /** The anchor of its row in docs/alb-behaviour.md; the same for ever. */
  readonly key: DifferenceKey
  /** Names what it is about, and shows no value. */
  readonly sentence: string
  /** Field names in lower case, query keys or fields of a document that it is about. */
  readonly names: readonly string[]
}

export function difference(
  key: DifferenceKey,
  sentence: string,
  names: Iterable<string> = [],
): Difference {
  return { key, sentence, names: [...new Set(names)] }
}

export const differenceKeys = [
  'repeated-query-keys',
  'keys-without-equals',
  'empty-query-pairs',
  'sorted-query-keys',
  'absolute-targets',
  'repeated-header-lines',
  'empty-header-lines',
  'invalid-header-names',
  'repeated-hosts',
  'forwarded-for-lines',
  'forwarded-for-removed',
  'collected-chunks',
  'ignored-expect',
  'replaced-header-lines',
  'header-fields-of-the-other-mode',
  'unknown-document-fields',
  'unread-status-descriptions',
  'hop-by-hop-fields',
  'computed-content-length',
  'missing-content-types',
  'responses-without-a-body',
  'changed-response-headers',
] as const

export type DifferenceKey = (typeof differenceKeys)[number]

const mostNames = 5

/** `a`, `a and b`, `a, b and 3 more`. */
export function named(names: Iterable<string>): string {
  const all = [...new Set(names)]
  const shown = all.slice(0, mostNames)
  const rest = all.length - shown.length
  const last = rest > 0 ? `${rest} more` : shown.pop()
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : (last ?? '')
}
