import type { Exchange, Question } from './check.ts'

/** What the probe app saw. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Base64. */
  readonly body: string
}

/** A request to the probe app of `bootstrap/probe-app.ts`, which answers by path. */
export function ask(about: string, path: string, rest: Partial<Question> = {}): Question {
  return { about, method: 'GET', path: `/probe/${path}`, ...rest }
}

/** What the app saw, if it said so. */
export function seenIn({ answer }: Exchange): Seen | undefined {
  if (answer?.status !== 200) return undefined
  try {
    const seen: unknown = JSON.parse(answer.body.toString())
    return isSeen(seen) ? seen : undefined
  } catch {
    return undefined
  }
}

/** Judges what the app saw; where it cannot have been asked, that is the finding. */
export function judgeSeen(exchange: Exchange, judge: (seen: Seen) => string[]): readonly string[] {
  const { answer } = exchange
  if (!answer) return []
  const seen = seenIn(exchange)
  if (!seen)
    return [`the app did not get the request: ${exchange.question.about} (${answer.status})`]
  return judge(seen)
}

// Whatever else may have answered.
function isSeen(value: unknown): value is Seen {
  const { method, url, headers, body } = Object(value)
  return (
    [method, url, body].every((each) => typeof each === 'string') &&
    Array.isArray(headers) &&
    headers.every((line) => Array.isArray(line) && line.every((part) => typeof part === 'string'))
  )
}
