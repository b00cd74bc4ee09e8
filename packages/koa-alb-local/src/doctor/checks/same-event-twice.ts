import type { ModuleCheck } from './module-check.ts'
import { sentenceOfSettled } from './settled.ts'

export const sameEventTwice: ModuleCheck = {
  code: 'ALB312',
  name: 'the same event twice gets the same kind of answer',
  severity: 'error',
  remedy:
    'Keep nothing of a request in module scope: a process answers many, and the same event may come again.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  judge: ({ same }) => {
    const [first = '', ...others] = same.map(sentenceOfSettled)
    const other = others.find((each) => each !== first)
    return other === undefined ? [] : [`the same event again: ${other}, and not ${first}`]
  },
}
