import { behaviour, type Check, valuesOf } from './check.ts'
import { ask } from './probe.ts'

export const twoCookies: Check = {
  code: 'ALB201',
  name: 'two cookies arrive as two',
  severity: 'error',
  remedy:
    'Turn on lambda.multi_value_headers.enabled, and use an adapter that writes multiValueHeaders; in single mode, one that varies the case of the name.',
  source: behaviour,
  questions: [ask('two cookies', 'cookies')],
  judge: ({ answer }) => {
    if (!answer) return []
    const cookies = valuesOf(answer, 'set-cookie')
    const isWhole = ['a=1', 'b=2'].every((pair) =>
      cookies.some((each) => each.split(';', 1)[0] === pair),
    )
    if (isWhole) return []
    return [`of the cookies a and b the client gets ${cookies.join(' and ') || 'none'}`]
  },
}
