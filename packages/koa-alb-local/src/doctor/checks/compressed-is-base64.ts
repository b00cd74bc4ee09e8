import { type Check, targetsGuide, valuesOf } from './check.ts'

export const compressedIsBase64: Check = {
  code: 'ALB126',
  name: 'a compressed body is base64',
  severity: 'error',
  remedy: 'Return bytes as base64 with isBase64Encoded true: as text they are damaged.',
  source: targetsGuide,
  judge: (exchange) => {
    const { answer, fields } = exchange
    if (!answer || answer.body.length === 0 || fields?.isBase64Encoded === true) return []
    const [encoding = 'identity'] = valuesOf(answer, 'content-encoding')
    return encoding === 'identity' ? [] : [`a body with content-encoding ${encoding} is text`]
  },
}
