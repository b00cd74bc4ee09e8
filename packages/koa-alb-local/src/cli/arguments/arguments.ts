import type { ParseArgsConfig } from 'node:util'
import { didYouMean } from '../../properties/nearest.ts'
import { type GivenEnvFile, type GivenVariable, toEnvFile, toVariable } from './given-variables.ts'
import {
  integer,
  list,
  type Option,
  type OptionName,
  options,
  text,
  type Values,
} from './options.ts'
import { parseOptions } from './parse-options.ts'
import { type Source, sourceOf } from './source.ts'
import { UsageError } from './usage-error.ts'

export type LogFormat = (typeof logFormats)[number]

export type RuntimeName = 'bootstrap' | 'official' | 'in-process'

/** What stands for a listener that is elsewhere. */
export interface GivenListener {
  readonly Port: number
  readonly Protocol: 'HTTP' | 'HTTPS'
}

export interface Arguments {
  readonly source: Source
  readonly port: number
  readonly host: string
  readonly isHttps: boolean
  readonly certificate: { readonly cert: string; readonly key: string } | undefined
  /** Whether HTTPS listeners speak TLS. */
  readonly tls: boolean
  readonly mapRedirects: boolean
  readonly multiValueHeaders: boolean
  readonly healthCheckPath: string | undefined
  readonly timeoutMs: number
  readonly memoryLimitInMB: number
  /** The export to serve; undefined for the usual one. */
  readonly handler: string | undefined
  readonly env: readonly GivenVariable[]
  readonly envFile: string | undefined
  readonly fnEnvFiles: readonly GivenEnvFile[]
  readonly concurrency: number
  readonly keepWarm: number
  readonly runtime: RuntimeName
  /** Endpoints by the function that is invoked there. */
  readonly invoke: Readonly<Record<string, string>>
  /** By the name of the listener. */
  readonly listeners: Readonly<Record<string, GivenListener>>
  /** URLs of servers by the target group that they are for. */
  readonly servers: Readonly<Record<string, readonly string[]>>
  readonly node: string | undefined
  /** Undefined when it depends on the terminal. */
  readonly watch: boolean | undefined
  /** False for none, undefined when it depends on the terminal. */
  readonly inspector: { readonly port: number } | false | undefined
  readonly compareUrl: string | undefined
  /** Undefined when nothing is debugged. */
  readonly debugPort: number | undefined
  readonly accessLog: string | undefined
  readonly connectionLog: string | undefined
  readonly healthCheckLog: string | undefined
  readonly logFormat: LogFormat
  readonly longLines: boolean
}

/** `pretty` for people, `json` for programs, `lambda` for what a function's log has in the cloud. */
const logFormats = ['pretty', 'json', 'lambda'] as const
const runtimes = ['bootstrap', 'official', 'in-process'] as const
const ofProcesses: readonly OptionName[] = ['concurrency', 'keep-warm', 'node']

/**
 * The arguments, checked.
 * @param environment has the default of the port, in `PORT`
 * @throws UsageError
 */
export function parseArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Arguments | 'help' | 'version' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  if (values.version) return 'version'
  checkRuntimeOptions(values)
  const certificate = certificateOf(values)
  return {
    source: sourceOf(values, positionals),
    port: portOf(values, environment.PORT),
    host: text(values, 'host') ?? '127.0.0.1',
    isHttps: values.https === true || certificate !== undefined,
    certificate,
    tls: values.tls !== false,
    mapRedirects: values['map-redirects'] !== false,
    multiValueHeaders: values['multi-value-headers'] !== false,
    healthCheckPath: pathOf(values),
    timeoutMs: 1000 * integer(values, 'timeout', { least: 1, most: 900, usual: 30 }),
    memoryLimitInMB: integer(values, 'memory', { least: 128, most: 32_768, usual: 1024 }),
    handler: text(values, 'handler'),
    env: list(values, 'env').map((each) => toVariable(each)),
    envFile: text(values, 'env-file'),
    fnEnvFiles: list(values, 'fn-env-file').map(toEnvFile),
    concurrency: integer(values, 'concurrency', { least: 1, most: 10_000, usual: 100 }),
    keepWarm: integer(values, 'keep-warm', { least: 0, most: 10_000, usual: 6 }),
    runtime: oneOf(values, 'runtime', runtimes) ?? 'bootstrap',
    invoke: invokeOf(values),
    listeners: listenersOf(values),
    servers: serversOf(values),
    node: text(values, 'node'),
    watch: values.watch === undefined ? undefined : values.watch === true,
    inspector: inspectorOf(values),
    compareUrl: urlOf(values, 'compare'),
    debugPort: debugPortOf(values),
    accessLog: text(values, 'access-log'),
    connectionLog: text(values, 'connection-log'),
    healthCheckLog: text(values, 'health-check-log'),
    logFormat: oneOf(values, 'log-format', logFormats) ?? 'pretty',
    longLines: values['long-lines'] === true,
  }
}

function parse(args: readonly string[]): { values: Values; positionals: readonly string[] } {
  const config: ParseArgsConfig['options'] = {}
  for (const [name, option] of Object.entries<Option>(options)) {
    const { type, short, multiple = false } = option
    config[name] = { type, multiple, ...(short && { short }) }
    // `allowNegative` of parseArgs came after Node 20.
    if (option.canBeOff) config[`no-${name}`] = { type: 'boolean' }
  }
  const parsed = parseOptions(args, config, flags())
  const values: Record<string, unknown> = parsed.values
  for (const name of Object.keys(options)) if (values[`no-${name}`]) values[name] = false
  return { values, positionals: parsed.positionals }
}

function flags(): string[] {
  return Object.entries<Option>(options).flatMap(([name, { canBeOff }]) =>
    canBeOff ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  )
}

// An empty one is as good as none, as for other programs.
function portOf(values: Values, usual: string | undefined): number {
  const range = { least: 0, most: 65_535, usual: 3000 }
  if (values.port !== undefined || !usual) return integer(values, 'port', range)
  if (/^\d+$/.test(usual) && Number(usual) <= range.most) return Number(usual)
  throw new UsageError(
    `PORT in the environment is an integer from 0 to 65535, got ${usual}; --port takes precedence`,
  )
}

function certificateOf(values: Values): Arguments['certificate'] {
  const cert = text(values, 'cert')
  const key = text(values, 'key')
  if (values.tls === false && (cert ?? key) !== undefined) {
    throw new UsageError('--cert and --key are for TLS, which --no-tls turns off')
  }
  if (cert !== undefined && key !== undefined) return { cert, key }
  if (cert === undefined && key === undefined) return undefined
  throw new UsageError('--cert and --key go together')
}

function inspectorOf(values: Values): Arguments['inspector'] {
  if (values.inspector === false) return false
  if (values.inspector === undefined) return undefined
  return { port: integer(values, 'inspector', { least: 0, most: 65_535, usual: 0 }) }
}

function debugPortOf(values: Values): number | undefined {
  if (values.debug !== true && values['debug-port'] === undefined) return undefined
  return integer(values, 'debug-port', { least: 0, most: 65_535, usual: 9229 })
}

function urlOf(values: Values, name: OptionName): string | undefined {
  const url = text(values, name)
  if (url === undefined) return undefined
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new UsageError(`--${name} takes an http or https URL, got ${url}`)
}

function pathOf(values: Values): string | undefined {
  const path = text(values, 'health-check')
  if (path === undefined || path.startsWith('/')) return path
  throw new UsageError(`--health-check takes a path that begins with /, got ${path}`)
}

function invokeOf(values: Values): Readonly<Record<string, string>> {
  const pairs = list(values, 'invoke').map((pair): [string, string] => {
    const [, name, endpoint] = /^([^=]+)=((?:https?:\/\/|arn:).+)$/.exec(pair) ?? []
    if (name !== undefined && endpoint !== undefined) return [name, endpoint]
    throw new UsageError(`--invoke takes Function=http://127.0.0.1:9000, got ${pair}`)
  })
  return Object.fromEntries(pairs)
}

function listenersOf(values: Values): Readonly<Record<string, GivenListener>> {
  const pairs = list(values, 'listener').map((pair): [string, GivenListener] => {
    const [, name, port, protocol] = /^(.+)=(\d{1,5})(?:,(https?))?$/.exec(pair) ?? []
    const number = Number(port)
    if (name === undefined || number < 1 || number > 65_535) {
      throw new UsageError(`--listener takes name=80 or name=443,https, got ${pair}`)
    }
    return [name, { Port: number, Protocol: protocol === 'https' ? 'HTTPS' : 'HTTP' }]
  })
  return Object.fromEntries(pairs)
}

function serversOf(values: Values): Readonly<Record<string, readonly string[]>> {
  const servers: Record<string, string[]> = {}
  for (const pair of list(values, 'target')) {
    const [, name, url] = /^([^=]+)=(https?:\/\/.+)$/.exec(pair) ?? []
    if (name === undefined || url === undefined) {
      throw new UsageError(`--target takes Group=http://127.0.0.1:4000, got ${pair}`)
    }
    servers[name] = [...(servers[name] ?? []), url]
  }
  return servers
}

function oneOf<const Choice extends string>(
  values: Values,
  option: OptionName,
  choices: readonly Choice[],
): Choice | undefined {
  const given = text(values, option)
  if (given === undefined) return undefined
  const choice = choices.find((each) => each === given)
  if (choice) return choice
  const near = didYouMean(given, choices)
  throw new UsageError(`--${option} is one of ${choices.join(', ')}, got ${given}${near}`)
}

function checkRuntimeOptions(values: Values): void {
  if (values.runtime !== 'in-process') return
  if (values.debug === true || values['debug-port'] !== undefined) {
    throw new UsageError(
      '--debug is for functions in processes of their own; with --runtime in-process, start Node itself with it: node --inspect node_modules/koa-alb-local/bin/koa-alb-local.js',
    )
  }
  const idle = ofProcesses.find((name) => values[name] !== undefined)
  if (!idle) return
  throw new UsageError(
    `--${idle} is for functions in processes of their own, not --runtime in-process`,
  )
}
