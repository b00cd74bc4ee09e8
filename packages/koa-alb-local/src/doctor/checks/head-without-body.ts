import { behaviour, type Check, valuesOf } from './check.ts'
import { ask } from './probe.ts'

export const headWithoutBody: Check = {
  code: 'ALB241',
  name: 'HEAD has the length of GET',
  severity: 'warning',
  remedy: 'Leave content-length as the app sets it for HEAD.',
  source: behaviour,
  questions: [ask('HEAD', 'hello', { method: 'HEAD' })],
  judge: ({ answer }) => {
    if (!answer) return []
    const [length] = valuesOf(answer, 'content-length')
    return length === '5' ? [] : [`content-length of HEAD is ${length ?? 'missing'}, of GET 5`]
  },
}
