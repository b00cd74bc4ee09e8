import { Token } from 'aws-cdk-lib/core'
import type { AlbConstructErrorCode, Problem } from './errors.ts'

/** What is wrong, each with what to do; whatever is false, empty or undefined is no problem. */
export type Problems = (Problem | false | '' | undefined)[]

const problemOf =
  (code: AlbConstructErrorCode) =>
  (message: string): Problem => ({ code, message })

export const conflict = problemOf('ALB_CDK_CONFLICTING_PROPS')
export const invalid = problemOf('ALB_CDK_INVALID_VALUE')
export const missing = problemOf('ALB_CDK_MISSING_PROP')
export const tooMany = problemOf('ALB_CDK_TOO_MANY_VALUES')
export const unsupported = problemOf('ALB_CDK_UNSUPPORTED_BY_CDK')

/** The names of those props that are there, quoted; undefined if none is. */
export function present<T>(props: T, names: readonly (keyof T & string)[]): string | undefined {
  const found = names.filter((name) => props[name] !== undefined)
  return found.length ? found.map((name) => `\`${name}\``).join(', ') : undefined
}

/** Whether the value is there, and known before the deployment. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value)
}

/** What is wrong with an integer that must be in a range; a token is known to CloudFormation only. */
export function rangeProblem(
  name: string,
  value: number | undefined,
  least: number,
  most = Number.POSITIVE_INFINITY,
  unit = '',
): Problem | undefined {
  if (!isKnown(value)) return undefined
  if (Number.isInteger(value) && value >= least && value <= most) return undefined
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  return invalid(
    `${name}: ${value} is not possible. Give an integer, ${`${range} ${unit}`.trim()}.`,
  )
}

/** Of several numbers, whether the first is known to be more than the second. */
export function exceeds(value: number | undefined, limit: number | undefined): boolean {
  return isKnown(value) && isKnown(limit) && value > limit
}
