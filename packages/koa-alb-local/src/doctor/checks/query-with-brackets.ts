import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithBrackets: Check = {
  code: 'ALB214',
  name: 'a query with brackets arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with brackets', 'echo', { query: 'a[]=1' })],
  judge: judgeQuery('a[]=1', 'a%5B%5D=1'),
}
