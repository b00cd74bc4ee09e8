import { behaviour, type Check } from './check.ts'
import { readHeaders, shown } from './header-fields.ts'

export const lengthIsTrue: Check = {
  code: 'ALB124',
  name: 'content-length is that of the body',
  severity: 'warning',
  remedy: 'Count bytes, not characters, and the bytes before base64.',
  source: behaviour,
  judge: (exchange) => {
    const { answer, question } = exchange
    if (!answer || question.method === 'HEAD' || answer.status === 204 || answer.status === 304)
      return []
    return readHeaders(exchange)
      .filter(
        ([name, value]) =>
          name.toLowerCase() === 'content-length' && value !== `${answer.body.length}`,
      )
      .map(
        ([, value]) =>
          `content-length says ${shown(value)}, the body has ${answer.body.length} bytes`,
      )
  },
}
