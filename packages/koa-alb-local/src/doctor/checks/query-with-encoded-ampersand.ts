import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithEncodedAmpersand: Check = {
  code: 'ALB213',
  name: 'a query with an encoded ampersand arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with an encoded ampersand', 'echo', { query: 'a=1%262' })],
  judge: judgeQuery('a=1%262'),
}
