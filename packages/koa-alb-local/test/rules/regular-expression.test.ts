import { describe, expect, it } from 'vitest'
import type { ConditionProperties } from '../../src/index.ts'
import { matches, optionsWithRule, refusalOf } from '../shared/application-load-balancer.ts'

const path = (value: string): ConditionProperties => ({
  Field: 'path-pattern',
  RegexValues: [value],
})

describe('a regular expression', () => {
  it.each([
    [
      { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/v[0-9]+/'] } },
      { target: '/v12/a' },
    ],
    [{ Field: 'path-pattern', RegexValues: ['^/v[0-9]+/'] }, { target: '/v12/a' }],
    [
      { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^(a|b)\\.example$'] } },
      { headers: { host: 'B.example' } },
    ],
    [
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x', RegexValues: ['b$'] } },
      { headers: { x: 'ab' } },
    ],
  ] as const)('of %j matches', async (condition, request) => {
    expect(await matches(condition, request)).toBe(true)
  })

  it('of a path tells upper case from lower case', async () => {
    const condition = { Field: 'path-pattern', RegexValues: ['^/a'] } as const
    expect(await matches(condition, { target: '/A' })).toBe(false)
  })

  it.each([
    ['(?i)^/a', '/A'],
    ['^/(?i:a)b$', '/Ab'],
    ['^/(?P<name>[[:alpha:]]+)$', '/a'],
    ['^\\Q/a.b\\E$', '/a.b'],
    ['^/\\x61\\z', '/a'],
  ])('has the syntax of RE2: %s matches %s', async (value, target) => {
    expect(await matches(path(value), { target })).toBe(true)
  })

  it.each([
    '^/([a-z0-9-]+/?)+$',
    '(a+)+\\.$',
    '^/(a|a)*\\.$',
    '^/(.*)(.*)(.*)(.*)(.*)(.*)\\.$',
    '^/(?:a?){1000}\\.$',
  ])('takes no long path for a riddle: %s', async (value) => {
    expect(await matches(path(value), { target: `/${'a'.repeat(8000)}!` })).toBe(false)
  })
})

describe('refused is', () => {
  const refusal = (value: string) => refusalOf(optionsWithRule({ Conditions: [path(value)] }))
  const place = 'listenerRules.Only.Conditions[0].RegexValues[0]'

  it.each([
    ['a(?=b)', 'lookaround'],
    ['a(?!b)', 'lookaround'],
    ['(?<=a)b', 'lookaround'],
    ['(?<!a)b', 'lookaround'],
    ['(a)\\1', 'a backreference'],
    ['(?<n>a)\\k<n>', 'a backreference'],
    ['(?P<n>a)(?P=n)', 'a backreference or a subroutine'],
    ['(?>a)', 'an atomic group'],
    ['a++', 'a possessive quantifier'],
    ['a*+', 'a possessive quantifier'],
    ['a{2,3}+', 'a possessive quantifier'],
    ['(?R)', 'recursion or a subroutine'],
    ['(a)(?-1)', 'recursion or a subroutine'],
    ['(?&n)', 'recursion or a subroutine'],
    ['(?P>n)', 'a backreference or a subroutine'],
    ['(a)\\g<1>', 'a backreference or a subroutine'],
    ['\\p{L}', 'a Unicode property'],
    ['[\\PL]', 'a Unicode property'],
  ])('the regular expression %s, for %s', (value, construct) => {
    expect(refusal(value).message).toBe(
      `${place} is ${JSON.stringify(value)}, must be a regular expression without ${construct}`,
    )
  })

  it.each([
    ['(', 'missing closing ): ('],
    ['[z-a]', 'invalid character class range: z-a'],
    ['a**', 'invalid nested repetition operator: **'],
    ['a{1001}', 'invalid repeat count: {1001}'],
    ['\\u0041', 'invalid escape sequence: \\u'],
    ['(?<n', 'invalid named capture: (?<n'],
    ['\\', 'trailing backslash at end of expression'],
  ])('what is none: %s, %s', (value, reason) => {
    expect(refusal(value).message).toBe(
      `${place} is ${JSON.stringify(value)}, must be a regular expression (${reason})`,
    )
  })

  it('a regular expression of 129 characters', () => {
    expect(refusal('x'.repeat(129)).code).toBe('ALB_ERR_LIMIT_EXCEEDED')
  })
})
