import { type Check, targetsGuide } from './check.ts'

const limitBytes = 1_048_576

export const fitsOneMegabyte: Check = {
  code: 'ALB114',
  name: 'the result fits into 1 MB',
  severity: 'error',
  remedy:
    'Compress, page, or redirect to a place for large files such as S3; base64 takes a third more.',
  source: targetsGuide,
  judge: ({ outcome }) => {
    if (!('payload' in outcome)) return []
    const bytes = Buffer.byteLength(outcome.payload)
    return bytes > limitBytes ? [`the result takes ${bytes} bytes, limit ${limitBytes}`] : []
  },
}
