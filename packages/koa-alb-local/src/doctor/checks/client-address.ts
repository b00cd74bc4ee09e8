import { type Check, targetsGuide } from './check.ts'
import { ask, judgeSeen } from './probe.ts'

export const clientAddress: Check = {
  code: 'ALB222',
  name: 'the app sees the client in x-forwarded-for',
  severity: 'error',
  remedy: 'Pass the headers of the event on.',
  source: targetsGuide,
  questions: [ask('the address of the client', 'echo')],
  judge: (exchange) =>
    judgeSeen(exchange, ({ headers }) => {
      const found = headers.find(([name]) => name.toLowerCase() === 'x-forwarded-for')?.[1]
      return found === '192.0.2.7' ? [] : [`x-forwarded-for arrives as ${found ?? 'nothing'}`]
    }),
}
