import type { Check } from './check.ts'
import { judgeSeen } from './probe.ts'

/** Judges whether the app gets the body that was sent. */
export function judgeBody(): Check['judge'] {
  return (exchange) =>
    judgeSeen(exchange, ({ body }) => {
      const sent = exchange.question.body ?? Buffer.alloc(0)
      const got = Buffer.from(body, 'base64')
      if (got.equals(sent)) return []
      return [
        `${exchange.question.about}: ${sent.length} bytes were sent, the app gets ${got.length}`,
      ]
    })
}
