import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithMalformedPercent: Check = {
  code: 'ALB216',
  name: 'a query with a malformed percent sign arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with a malformed percent sign', 'echo', { query: 'a=%zz' })],
  judge: judgeQuery('a=%zz', 'a=%25zz'),
}
