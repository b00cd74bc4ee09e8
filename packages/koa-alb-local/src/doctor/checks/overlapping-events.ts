import type { HandlerReport, Settled } from '../../bootstrap/handler-report.ts'
import type { ModuleCheck } from './module-check.ts'
import { sentenceOfSettled } from './settled.ts'

export const overlappingEvents: ModuleCheck = {
  code: 'ALB313',
  name: 'two events at once get each its own answer',
  severity: 'warning',
  remedy:
    'Keep nothing of a request in module scope: on Lambda Managed Instances, a process handles many at once.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html',
  judge: (report) => {
    const { same, other, together } = report
    const [first] = same
    // One that answers the same event in several ways is another check's.
    if (!first || new Set(same.map(sentenceOfSettled)).size > 1) return []
    const found = [...judgeOne(first, together[0]), ...judgeOne(other, together[1])]
    return found.length > 0 ? found : mixed(report)
  },
}

function judgeOne(alone: Settled, atOnce: Settled): string[] {
  const [before, after] = [sentenceOfSettled(alone), sentenceOfSettled(atOnce)]
  return before === after ? [] : [`beside another event: ${after}, and not ${before}`]
}

// Where the answer to an event is always the same one, it is that also beside another.
function mixed({ same, other, together }: HandlerReport): string[] {
  const [own = '', ...again] = same.map(digestOf)
  const [one, two] = together.map(digestOf)
  const isSteady = again.every((each) => each === own)
  const isMixed = isSteady && (one !== own || (two === own && two !== digestOf(other)))
  return isMixed ? ['beside another event, the answer is not its own'] : []
}

function digestOf(settled: Settled): string {
  return 'digest' in settled ? settled.digest : settled.failure
}
