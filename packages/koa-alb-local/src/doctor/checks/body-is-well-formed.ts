import { behaviour, type Check } from './check.ts'

export const bodyIsWellFormed: Check = {
  code: 'ALB113',
  name: 'a text body has no lone surrogates',
  severity: 'error',
  remedy: 'Do not cut text in the middle of a character; send bytes as base64.',
  source: behaviour,
  judge: ({ fields }) => {
    const { body, isBase64Encoded } = fields ?? {}
    const isText = typeof body === 'string' && (isBase64Encoded ?? false) === false
    return isText && !body.isWellFormed() ? ['body has lone surrogates'] : []
  },
}
