import type { HeaderMode } from '../invocation/header-mode.ts'
import { clientDifferences, type Difference } from './client-differences.ts'
import { documentedReasons } from './documented-reasons.ts'
import type { Answers } from './known-lines.ts'
import type { NamedEvent } from './read-events.ts'
import type { Reason } from './reason.ts'

/** A part of the answer that is another one; without reasons it is unexpected. */
export interface ComparedPart extends Difference {
  readonly documented: readonly Reason[]
}

/** What a client sees differ in the answers to one event. */
export interface ComparedEvent {
  readonly name: string
  readonly title: string
  readonly mode: HeaderMode
  readonly differences: readonly ComparedPart[]
  readonly oldIsRefused?: string
  readonly newIsRefused?: string
}

/** What `--format json` prints; the text is made of it. */
export interface Comparison {
  /** Of this shape: it grows when a field changes its meaning or goes. */
  readonly version: 1
  readonly tool: { readonly name: 'koa-alb-local'; readonly version: string }
  readonly old: string
  readonly new: string
  readonly events: readonly ComparedEvent[]
}

export function comparedEvent(
  { name, title, mode }: NamedEvent,
  answers: Answers,
  ignored: ReadonlySet<string>,
): ComparedEvent {
  const { old, now } = answers
  const found = clientDifferences(old.response, now.response, ignored)
  const all = found.map((each) => ({ ...each, documented: documentedReasons(each, answers) }))
  const isPage = old.refusal !== undefined || now.refusal !== undefined
  // An error page differs from an answer in everything.
  const [first] = all
  const followsStatus = first?.part === 'status' && (isPage || first.documented.length > 0)
  const isSameCode = old.response.status === now.response.status
  return {
    name,
    title,
    mode,
    differences: followsStatus && !isSameCode ? [first] : all,
    ...(old.refusal === undefined || all.length === 0 ? {} : { oldIsRefused: old.refusal }),
    ...(now.refusal === undefined || all.length === 0 ? {} : { newIsRefused: now.refusal }),
  }
}

/** How many events are answered the same, differently as documented, and unexpectedly. */
export function countsIn(events: readonly ComparedEvent[]): {
  same: number
  documented: number
  unexpected: number
} {
  const same = events.filter(({ differences }) => differences.length === 0).length
  const unexpected = events.filter(({ differences }) =>
    differences.some(({ documented }) => documented.length === 0),
  ).length
  return { same, documented: events.length - same - unexpected, unexpected }
}
