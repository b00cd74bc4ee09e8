import type { Check } from './check.ts'
import { judgeSeen } from './probe.ts'

/** Judges whether the app gets the query as the client typed it, or in one of the other ways. */
export function judgeQuery(...expected: readonly string[]): Check['judge'] {
  return (exchange) =>
    judgeSeen(exchange, ({ url }) => {
      const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''
      if (expected.includes(query)) return []
      return [`query ?${exchange.question.query} arrives as ?${query}`]
    })
}
