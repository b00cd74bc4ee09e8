import { type Check, targetsGuide, valuesOf } from './check.ts'

const binary =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:octet-stream|pdf|zip|gzip|wasm))/

export const binaryIsBase64: Check = {
  code: 'ALB128',
  name: 'a binary body is base64',
  severity: 'error',
  remedy:
    'Return bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  judge: ({ answer, fields }) => {
    const { body, isBase64Encoded } = fields ?? {}
    if (!answer || isBase64Encoded === true || typeof body !== 'string') return []
    const [type = ''] = valuesOf(answer, 'content-type')
    // What stands for bytes that are no UTF-8, once they have been taken for it.
    const isDamaged = binary.test(type) && body.includes('\ufffd')
    return isDamaged ? [`a body of type ${type} is text, with replacement characters`] : []
  },
}
