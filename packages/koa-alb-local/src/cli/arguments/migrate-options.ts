import { type FormatName, formatNames } from '../../migrate/formats.ts'
import { parseOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

export interface MigrateArguments {
  readonly folder: string
  readonly isWrite: boolean
  readonly format: FormatName
}

const config = {
  write: { type: 'boolean' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export const migrateUsage = `Usage: koa-alb-local migrate <folder> [options]

Moves a project from another Lambda adapter to koa-alb: prints what it would
change, and what it could not decide, with its place.

It knows serverless-http, @vendia/serverless-express,
@codegenie/serverless-express, @h4ad/serverless-adapter, hono/aws-lambda and
@fastify/aws-lambda.

Options:
  --write           Change the files
  --format <name>   text (default) or json

Exit codes:
  0    nothing to do, or all of it decided
  1    something could not be decided
  2    could not run
`

/** @throws UsageError */
export function parseMigrateArguments(args: readonly string[]): MigrateArguments | 'help' {
  const { values, positionals } = parseOptions(args, config)
  if (values.help) return 'help'
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) {
    throw new UsageError('migrate takes one folder, as in koa-alb-local migrate .')
  }
  const { format = 'text', write = false } = values
  const name = formatNames.find((each) => each === format)
  if (!name) throw new UsageError(`--format is one of ${formatNames.join(', ')}, got ${format}`)
  return { folder, isWrite: write, format: name }
}
