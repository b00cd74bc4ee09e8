import { isUtf8 } from 'node:buffer'
import { STATUS_CODES } from 'node:http'
import { type Difference, valuesOf } from './client-differences.ts'
import { type Answers, comparable, lineFaults } from './known-lines.ts'
import { hasMalformedQuery, textFaults } from './known-texts.ts'
import type { Reason } from './reason.ts'

const refused: Reason = {
  reason:
    'A load balancer refuses what the old function returns; what the new one returns arrives.',
  page: 'docs/alb-behaviour.md#the-response-document',
}
const lostPhrase: Reason = {
  reason: 'The old function does not say the phrase of the status; now the one of the app arrives.',
  page: 'docs/alb-behaviour.md#unread-status-descriptions',
}
const malformedQuery: Reason = {
  reason: 'The old function fails for a percent sign that is no escape; now the app gets it.',
  page: 'docs/adapters.md#alb216',
}
const decodedBytes: Reason = {
  reason: 'The old function reads the body as UTF-8, which it is not; now its bytes arrive.',
  page: 'docs/adapters.md#alb205',
}
// Some answers have it many times.
const longestText = 65_536

/** Why the answers differ in that part, as far as it is documented; empty when it is unexpected. */
export function documentedReasons({ part }: Difference, answers: Answers): readonly Reason[] {
  if (part === 'status') return statusReasons(answers)
  if (part === 'body') return bodyReasons(answers)
  const { old, now } = answers
  const valuesIn = ({ response }: typeof old): string[] =>
    valuesOf(response.lines, part).map((value) => comparable(part, value))
  const faults = lineFaults.map(({ reason, page, spoilt }) => ({
    reason: { reason, page },
    spoilt: (values: readonly string[]) => spoilt(values, part, answers),
  }))
  return explained(valuesIn(now), valuesIn(old), faults, (values) => JSON.stringify(values))
}

function statusReasons({ event, old, now }: Answers): readonly Reason[] {
  if (now.refusal !== undefined) return []
  const { status, phrase, body } = old.response
  if (old.refusal !== undefined && old.payload !== undefined) return [refused]
  // The adapter itself throws it, or answers for it without asking the app.
  const failsForQuery = old.refusal?.includes('URI malformed') ?? (status === 500 && !body.length)
  if (failsForQuery && hasMalformedQuery(event)) return [malformedQuery]
  const isUsual = phrase === STATUS_CODES[status]
  return status === now.response.status && isUsual ? [lostPhrase] : []
}

function bodyReasons({ event, old, now }: Answers): readonly Reason[] {
  const [before, after] = [old.response.body, now.response.body]
  if (!isUtf8(before)) return []
  const first = isUtf8(after) ? [] : [decodedBytes]
  const isLong = after.length > longestText
  const faults = isLong
    ? []
    : textFaults.map(({ reason, page, spoilt }) => ({
        reason: { reason, page },
        spoilt: (text: string) => spoilt(text, event),
      }))
  if (first.length > 0 && after.toString() === before.toString()) return first
  const others = explained(after.toString(), before.toString(), faults, (text) => text)
  return others.length > 0 ? [...first, ...others] : []
}

interface Fault<Value> {
  readonly reason: Reason
  spoilt(value: Value): Value[]
}

/** The fewest faults by which the new value becomes the old one. */
function explained<Value>(
  after: Value,
  before: Value,
  faults: readonly Fault<Value>[],
  keyOf: (value: Value) => string,
): readonly Reason[] {
  const reached = new Map([[keyOf(after), { value: after, reasons: [] as readonly Reason[] }]])
  for (const { reason, spoilt } of faults) {
    for (const { value, reasons } of [...reached.values()]) {
      for (const next of spoilt(value)) {
        const known = reached.get(keyOf(next))
        if (known && known.reasons.length <= reasons.length + 1) continue
        reached.set(keyOf(next), { value: next, reasons: [...reasons, reason] })
      }
    }
  }
  return reached.get(keyOf(before))?.reasons ?? []
}
