import { behaviour, type Check } from './check.ts'

export const base64IsValid: Check = {
  code: 'ALB112',
  name: 'a body that is said to be base64 is base64',
  severity: 'error',
  remedy:
    "Encode with toString('base64'), not base64url, and set isBase64Encoded only for such a body.",
  source: behaviour,
  judge: ({ fields }) => {
    const { body, isBase64Encoded } = fields ?? {}
    if (isBase64Encoded !== true || typeof body !== 'string') return []
    const isValid = body.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(body.replace(/={1,2}$/, ''))
    return isValid ? [] : ['body is no base64, although isBase64Encoded is true']
  },
}
