import { type Severity, severities } from '../../doctor/checks/check.ts'
import { type FormatName, formatNames } from '../../doctor/formats/formats.ts'
import { parseOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

interface Probe {
  readonly about: string
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
}

export interface DoctorArguments {
  /** The file with the handler, as it was typed. */
  readonly file: string | undefined
  readonly handler: string | undefined
  readonly invoke: string | undefined
  readonly adapter: string | undefined
  readonly template: string | undefined
  /** JSON text of an object. */
  readonly adapterOptions: string
  readonly paths: readonly string[]
  readonly probes: readonly Probe[]
  readonly nodes: readonly string[]
  readonly timeoutMs: number
  readonly envFile: string | undefined
  readonly format: FormatName
  readonly failLevel: Severity
}

const config = {
  handler: { type: 'string' },
  invoke: { type: 'string' },
  adapter: { type: 'string' },
  template: { type: 'string' },
  'adapter-options': { type: 'string' },
  path: { type: 'string', multiple: true },
  probe: { type: 'string', multiple: true },
  node: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'env-file': { type: 'string' },
  format: { type: 'string' },
  'fail-level': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export const doctorUsage = `Usage: koa-alb-local doctor <file> [options]
       koa-alb-local doctor --invoke <url> [options]
       koa-alb-local doctor --adapter <package> [options]
       koa-alb-local doctor --template <file> [options]

Sends telling events in both header modes, and says what a load balancer would
refuse, lose or change of the answers.

Options:
  --handler <export>         The handler in the file, default handler
  --invoke <url>             A Lambda Invoke endpoint instead of a file
  --adapter <package>        Examine this adapter, installed here, with an app of known routes
  --adapter-options <json>   The options it is given
  --template <file>          Judge what a CloudFormation template declares; without a file,
                             examine its functions, too
  --path <path>              Where to ask, default /; may be given several times
  --probe '<METHOD> <path>'  One more request; may be given several times
  --node <binary>            Load with this Node, too; may be given several times
  --timeout <seconds>        Until an invocation fails, default 5
  --env-file <file>          The function's environment variables
  --format <name>            text (default), json, github, sarif or junit
  --fail-level <severity>    error, warning (default) or note: from where on 1 is the exit code

Exit codes:
  0    nothing found at that level
  1    something found
  2    could not run
`

/** @throws UsageError */
export function parseDoctorArguments(args: readonly string[]): DoctorArguments | 'help' {
  const { values, positionals } = parseOptions(args, config)
  if (values.help) return 'help'
  const [file, ...others] = positionals
  if (others.length > 0) throw new UsageError(`Give one file, not ${positionals.join(' and ')}`)
  const { invoke, adapter } = values
  const given = [file, invoke, adapter].filter((each) => each !== undefined)
  if (given.length === 0 && values.template === undefined) {
    throw new UsageError(
      'Nothing to examine: give a file, --invoke <url>, --adapter <package> or --template <file>',
    )
  }
  if (given.length > 1) throw new UsageError(`Give one of ${given.join(' and ')}`)
  return {
    file,
    handler: values.handler,
    invoke,
    adapter,
    template: values.template,
    adapterOptions: objectText(values['adapter-options']),
    paths: (values.path ?? []).map(checkedPath),
    probes: (values.probe ?? []).map(probeOf),
    nodes: values.node ?? [],
    timeoutMs: 1000 * secondsOf(values.timeout),
    envFile: values['env-file'],
    format: oneOf('format', formatNames, values.format) ?? 'text',
    failLevel: oneOf('fail-level', severities, values['fail-level']) ?? 'warning',
  }
}

function checkedPath(path: string): string {
  if (/^\/[^?#]*$/.test(path)) return path
  throw new UsageError(`--path takes a path that begins with /, without a query, got ${path}`)
}

function probeOf(about: string): Probe {
  const [, method, path, query = ''] = /^([A-Z]+) (\/[^\s?#]*)(?:\?([^\s#]*))?$/.exec(about) ?? []
  if (method !== undefined && path !== undefined) return { about, method, path, query }
  throw new UsageError(`--probe takes such as 'POST /orders', got ${about}`)
}

function secondsOf(text = '5'): number {
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 900) return seconds
  throw new UsageError(`--timeout takes an integer from 1 to 900, got ${text}`)
}

function objectText(text = '{}'): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return JSON.stringify(value)
    }
  } catch {
    // Said below.
  }
  throw new UsageError(`--adapter-options takes a JSON object, got ${text}`)
}

function oneOf<const Choice extends string>(
  name: string,
  choices: readonly Choice[],
  given: string | undefined,
): Choice | undefined {
  if (given === undefined) return undefined
  const choice = choices.find((each) => each === given)
  if (choice) return choice
  throw new UsageError(`--${name} is one of ${choices.join(', ')}, got ${given}`)
}
