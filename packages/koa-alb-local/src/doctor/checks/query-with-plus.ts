import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithPlus: Check = {
  code: 'ALB212',
  name: 'a query with a plus arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with a plus', 'echo', { query: 'a=1+2' })],
  judge: judgeQuery('a=1+2', 'a=1%202'),
}
