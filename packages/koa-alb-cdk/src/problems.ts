import { Token } from 'aws-cdk-lib/core'

/** What is wrong, each with what to do; whatever is false or undefined is no problem. */
export type Problems = (string | false | undefined)[]

/** The names of those props that are there, quoted; undefined if none is. */
export function present<T>(props: T, names: readonly (keyof T & string)[]): string | undefined {
  const found = names.filter((name) => props[name] !== undefined)
  return found.length ? found.map((name) => `\`${name}\``).join(', ') : undefined
}

/** What is wrong with an integer that must be in a range; a token is known to CloudFormation only. */
export function rangeProblem(
  name: string,
  value: number | undefined,
  least: number,
  most = Number.POSITIVE_INFINITY,
  unit = '',
): string | undefined {
  if (value === undefined || Token.isUnresolved(value)) return undefined
  if (Number.isInteger(value) && value >= least && value <= most) return undefined
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  return `${name}: ${value} is not possible. Give an integer, ${`${range} ${unit}`.trim()}.`
}
