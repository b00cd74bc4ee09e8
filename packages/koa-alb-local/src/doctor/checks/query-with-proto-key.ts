import { behaviour, type Check } from './check.ts'
import { judgeQuery } from './judged-query.ts'
import { ask } from './probe.ts'

export const queryWithProtoKey: Check = {
  code: 'ALB218',
  name: 'a query with a key __proto__ arrives',
  severity: 'error',
  remedy:
    'Use an adapter that passes keys and values on as they stand in the event: a load balancer does not decode them.',
  source: behaviour,
  questions: [ask('a query with a key __proto__', 'echo', { query: '__proto__=1' })],
  judge: judgeQuery('__proto__=1'),
}
