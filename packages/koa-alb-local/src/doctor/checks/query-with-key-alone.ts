import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithKeyAlone: Check = {
  code: 'ALB215',
  name: 'a query with a key without a value arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with a key without a value', 'echo', { query: 'k' })],
  judge: judgeQuery('k', 'k='),
}
