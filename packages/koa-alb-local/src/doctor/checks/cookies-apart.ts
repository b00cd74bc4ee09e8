import { type Check, targetsGuide, valuesOf } from './check.ts'

// A comma in a date is followed by a space and a digit; in front of another cookie there is its name.
const joined = /,\s*[^\s,;=\d][^\s,;=]*=/

export const cookiesApart: Check = {
  code: 'ALB127',
  name: 'cookies are not joined in one header',
  severity: 'error',
  remedy:
    'Set lambda.multi_value_headers.enabled on the target group: without it, each name has one value, and joined cookies are one broken cookie.',
  source: targetsGuide,
  judge: ({ answer }) => {
    if (!answer) return []
    const isJoined = valuesOf(answer, 'set-cookie').some((value) => joined.test(value))
    return isJoined ? ['several cookies are joined with commas'] : []
  },
}
