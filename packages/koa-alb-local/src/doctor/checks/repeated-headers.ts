import { type Check, targetsGuide } from './check.ts'
import { ask, judgeSeen } from './probe.ts'

export const repeatedHeaders: Check = {
  code: 'ALB221',
  name: 'repeated headers arrive',
  severity: 'error',
  remedy:
    'Turn on lambda.multi_value_headers.enabled, and use an adapter that reads multiValueHeaders.',
  source: targetsGuide,
  questions: [
    ask('repeated headers', 'echo', {
      headers: [
        ['x-many', '1'],
        ['x-many', '2'],
      ],
    }),
  ],
  judge: (exchange) => {
    if (exchange.mode === 'single') return []
    return judgeSeen(exchange, ({ headers }) => {
      const values = headers
        .filter(([name]) => name.toLowerCase() === 'x-many')
        .map(([, value]) => value)
      const text = values.join(',').replaceAll(' ', '')
      return text === '1,2' ? [] : [`x-many: 1 and 2 arrive as ${text || 'nothing'}`]
    })
  },
}
