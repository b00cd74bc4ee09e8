import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithEncodedUtf8: Check = {
  code: 'ALB217',
  name: 'a query with encoded UTF-8 arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with encoded UTF-8', 'echo', { query: 'a=%C3%BC' })],
  judge: judgeQuery('a=%C3%BC'),
}
