import { programTimeMs } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'
import type { Answer } from './answer.ts'

let dateSecond = 0
let dateText = ''

interface OwnAnswer {
  readonly status: number
  readonly phrase: string
  readonly contentType?: string | undefined
  readonly body: Buffer
  readonly lines?: readonly HeaderLine[]
  readonly keepAlive?: boolean
}

/** An answer that the load balancer gives itself. */
export function ownAnswer({
  status,
  phrase,
  contentType,
  body,
  lines = [],
  keepAlive = true,
}: OwnAnswer): Answer {
  return {
    status,
    phrase,
    lines: [
      ['Server', 'awselb/2.0'],
      ['Date', httpDate()],
      ...(contentType === undefined ? [] : [['Content-Type', contentType] as const]),
      ['Content-Length', String(body.length)],
      ...lines,
    ],
    body,
    keepAlive,
  }
}

/** The current time for a `Date` line, written anew once a second. */
export function httpDate(): string {
  const now = Math.floor(programTimeMs() / 1000)
  if (now !== dateSecond) {
    dateSecond = now
    dateText = new Date(now * 1000).toUTCString()
  }
  return dateText
}
