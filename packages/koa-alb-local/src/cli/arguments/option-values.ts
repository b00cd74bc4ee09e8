import type { OptionName } from './options.ts'
import { UsageError } from './usage-error.ts'

/** What was given for each option. */
export type Values = { readonly [Name in OptionName]?: unknown }

/** @throws UsageError */
export function integer(
  values: Values,
  name: OptionName,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const value = text(values, name)
  if (value === undefined) return usual
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= least && number <= most) return number
  throw new UsageError(`--${name} takes an integer from ${least} to ${most}, got ${value}`)
}

export function text(values: Values, name: OptionName): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
