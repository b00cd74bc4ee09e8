import { type ParseArgsConfig, parseArgs } from 'node:util'
import { didYouMean } from '../../properties/nearest.ts'
import { UsageError } from './usage-error.ts'

/**
 * The values of these options, and what is none.
 * @param names what may have been meant by an unknown one
 * @throws UsageError
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  names = Object.keys(options).map((name) => `--${name}`),
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split('. ')
    const [, unknown] = /^Unknown option '(--[^']+)'/.exec(sentence) ?? []
    throw new UsageError(sentence + (unknown ? didYouMean(unknown, names) : ''))
  }
}
