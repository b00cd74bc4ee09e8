import { type Check, targetsGuide } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

const judgeAll = judgeQuery('a=1&a=2')

export const repeatedKeys: Check = {
  code: 'ALB219',
  name: 'repeated keys of a query arrive',
  severity: 'error',
  remedy:
    'Turn on lambda.multi_value_headers.enabled, and use an adapter that reads multiValueQueryStringParameters.',
  source: targetsGuide,
  questions: [ask('repeated keys', 'echo', { query: 'a=1&a=2' })],
  judge: (exchange) => (exchange.mode === 'multi' ? judgeAll(exchange) : []),
}
