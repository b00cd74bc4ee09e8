import { behaviour, type Check } from './check.ts'
import { ask, judgeSeen } from './probe.ts'

export const headerWithProtoName: Check = {
  code: 'ALB223',
  name: 'a header with the name __proto__ arrives',
  severity: 'warning',
  remedy:
    'Use an adapter that copies headers to a Map, or to an object without a prototype: there, __proto__ is a name like others.',
  source: behaviour,
  questions: [ask('a header __proto__', 'echo', { headers: [['__proto__', '1']] })],
  judge: (exchange) =>
    judgeSeen(exchange, ({ headers }) => {
      const isThere = headers.some(([name, value]) => name === '__proto__' && value === '1')
      return isThere ? [] : ['the header __proto__ does not arrive']
    }),
}
