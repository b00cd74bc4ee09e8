import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Option, type OptionName, options } from './options.ts'

/** Wrong arguments: the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What to serve. */
export type Source =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'config'; readonly file: string }
  | { readonly kind: 'template'; readonly file: string; readonly loadBalancer: string | undefined }

export type RuntimeName = 'bootstrap' | 'official' | 'in-process'

export interface Arguments {
  readonly source: Source
  readonly port: number
  readonly host: string
  readonly isHttps: boolean
  readonly certificate: { readonly cert: string; readonly key: string } | undefined
  readonly multiValueHeaders: boolean
  readonly healthCheckPath: string | undefined
  readonly timeoutMs: number
  readonly memoryLimitInMB: number
  readonly envFile: string | undefined
  readonly concurrency: number
  readonly runtime: RuntimeName
  readonly node: string | undefined
  /** Undefined when it depends on the terminal. */
  readonly watch: boolean | undefined
  readonly accessLog: string | undefined
}

type Values = { readonly [Name in OptionName]?: unknown }

const runtimes = ['bootstrap', 'official', 'in-process'] as const
// What a template or a configuration file says itself, for each function or listener.
const ofOneFunction: readonly OptionName[] = [
  'https',
  'multi-value-headers',
  'health-check',
  'timeout',
  'memory',
]

/**
 * The arguments, checked.
 * @throws UsageError
 */
export function parseArguments(args: readonly string[]): Arguments | 'help' | 'version' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  if (values.version) return 'version'
  const certificate = certificateOf(values)
  return {
    source: sourceOf(values, positionals),
    port: integer(values, 'port', { least: 0, most: 65_535, usual: 3000 }),
    host: text(values, 'host') ?? '127.0.0.1',
    isHttps: values.https === true || certificate !== undefined,
    certificate,
    multiValueHeaders: values['multi-value-headers'] === true,
    healthCheckPath: pathOf(values),
    timeoutMs: 1000 * integer(values, 'timeout', { least: 1, most: 900, usual: 30 }),
    memoryLimitInMB: integer(values, 'memory', { least: 128, most: 32_768, usual: 1024 }),
    envFile: text(values, 'env-file'),
    concurrency: integer(values, 'concurrency', { least: 1, most: 10_000, usual: 100 }),
    runtime: runtimeOf(values),
    node: nodeOf(values),
    watch: values.watch === undefined ? undefined : values.watch === true,
    accessLog: text(values, 'access-log'),
  }
}

function parse(args: readonly string[]): { values: Values; positionals: readonly string[] } {
  const config: ParseArgsConfig['options'] = {}
  for (const [name, option] of Object.entries<Option>(options)) {
    const { type, short } = option
    config[name] = { type, ...(short && { short }) }
    // `allowNegative` of parseArgs came after Node 20.
    if (option.canBeOff) config[`no-${name}`] = { type: 'boolean' }
  }
  try {
    const parsed = parseArgs({ args: [...args], options: config, allowPositionals: true })
    const values: Record<string, unknown> = parsed.values
    for (const name of Object.keys(options)) if (values[`no-${name}`]) values[name] = false
    return { values, positionals: parsed.positionals }
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split('. ')
    throw new UsageError(sentence)
  }
}

function sourceOf(values: Values, positionals: readonly string[]): Source {
  const template = text(values, 'template')
  const config = text(values, 'config')
  const loadBalancer = text(values, 'load-balancer')
  const given = [...positionals, template, config].filter((each) => each !== undefined)
  if (given.length === 0) {
    throw new UsageError(
      'Nothing to serve: give a file that exports a handler, such as dist/lambda.js',
    )
  }
  if (given.length > 1) {
    throw new UsageError(
      `Give one file, one --template or one --config, not ${given.join(' and ')}`,
    )
  }
  if (loadBalancer !== undefined && template === undefined) {
    throw new UsageError('--load-balancer is for --template')
  }
  const [file = ''] = given
  if (positionals.length === 1) return { kind: 'file', file }
  const idle = ofOneFunction.find((name) => values[name] !== undefined)
  if (idle) throw new UsageError(`--${idle} is for a single file; ${file} has its own settings`)
  return template ? { kind: 'template', file, loadBalancer } : { kind: 'config', file }
}

function certificateOf(values: Values): Arguments['certificate'] {
  const cert = text(values, 'cert')
  const key = text(values, 'key')
  if (cert !== undefined && key !== undefined) return { cert, key }
  if (cert === undefined && key === undefined) return undefined
  throw new UsageError('--cert and --key go together')
}

function pathOf(values: Values): string | undefined {
  const path = text(values, 'health-check')
  if (path === undefined || path.startsWith('/')) return path
  throw new UsageError(`--health-check takes a path that begins with /, got ${path}`)
}

function runtimeOf(values: Values): RuntimeName {
  const name = text(values, 'runtime') ?? 'bootstrap'
  const runtime = runtimes.find((each) => each === name)
  if (runtime) return runtime
  throw new UsageError(`--runtime is one of ${runtimes.join(', ')}, got ${name}`)
}

function nodeOf(values: Values): string | undefined {
  const node = text(values, 'node')
  if (node === undefined || values.runtime !== 'in-process') return node
  throw new UsageError(
    '--node is for functions in processes of their own, not --runtime in-process',
  )
}

function integer(
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

function text(values: Values, name: OptionName): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
