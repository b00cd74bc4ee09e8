import type { Settled } from '../../bootstrap/handler-report.ts'
import type { ModuleCheck } from './module-check.ts'
import { sentenceOfSettled } from './settled.ts'

export const overlappingEvents: ModuleCheck = {
  code: 'ALB313',
  name: 'two events at once get each its own answer',
  severity: 'warning',
  remedy:
    'Keep nothing of a request in module scope: on Lambda Managed Instances, a process handles many at once.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html',
  judge: ({ same, other, together }) => {
    const [first] = same
    // One that answers the same event in several ways is another check's.
    if (!first || new Set(same.map(sentenceOfSettled)).size > 1) return []
    const found = together.map(([one, two]) => {
      const kinds = [...judgeOne(first, one), ...judgeOne(other, two)]
      return kinds.length > 0 ? kinds : mixed(same, other, [one, two])
    })
    return found.every(({ length }) => length > 0) ? (found[0] ?? []) : []
  },
}

function judgeOne(alone: Settled, atOnce: Settled): string[] {
  const [before, after] = [sentenceOfSettled(alone), sentenceOfSettled(atOnce)]
  return before === after ? [] : [`beside another event: ${after}, and not ${before}`]
}

// Where the answer to an event is always the same one, it is that also beside another.
function mixed(
  same: readonly Settled[],
  other: Settled,
  together: readonly [Settled, Settled],
): string[] {
  const [own = '', ...again] = same.map(digestOf)
  const [one, two] = together.map(digestOf)
  const isSteady = again.every((each) => each === own)
  const isMixed = isSteady && (one !== own || (two === own && two !== digestOf(other)))
  return isMixed ? ['beside another event, the answer is not its own'] : []
}

function digestOf(settled: Settled): string {
  return 'digest' in settled ? settled.digest : settled.failure
}
