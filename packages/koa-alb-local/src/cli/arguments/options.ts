import { UsageError } from './usage-error.ts'

/** One option of the command line, for parsing and for the usage text. */
export interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  /** What stands for the value in the usage text. */
  readonly value?: string
  /** Whether it may be given several times. */
  readonly multiple?: boolean
  /** Whether `--no-…` turns it off. */
  readonly canBeOff?: boolean
  readonly help: string
}

/** In the order of the usage text. */
export const options = {
  port: {
    type: 'string',
    short: 'p',
    value: 'number',
    help: 'Port, default PORT of the environment, else 3000; 0 takes a free one',
  },
  host: { type: 'string', value: 'address', help: 'Address to listen on, default 127.0.0.1' },
  https: { type: 'boolean', help: 'HTTPS and HTTP/2, with a self-signed certificate' },
  cert: { type: 'string', value: 'file', help: 'HTTPS with this certificate (PEM); needs --key' },
  key: { type: 'string', value: 'file', help: 'Its private key (PEM)' },
  tls: {
    type: 'boolean',
    canBeOff: true,
    help: 'Off, HTTPS listeners speak plain HTTP; functions see HTTPS',
  },
  'map-redirects': {
    type: 'boolean',
    canBeOff: true,
    help: "Off, redirects to a listener name AWS's port, not the open one",
  },
  'multi-value-headers': {
    type: 'boolean',
    canBeOff: true,
    help: "The target group's lambda.multi_value_headers.enabled, default on",
  },
  'health-check': { type: 'string', value: 'path', help: 'Turn health checks on, with this path' },
  timeout: {
    type: 'string',
    value: 'seconds',
    help: 'Until an invocation fails, default 30, at most 900',
  },
  memory: { type: 'string', value: 'MB', help: 'Memory of the function, default 1024' },
  handler: {
    type: 'string',
    value: 'export',
    help: 'The handler or app to serve, default handler, else default or app',
  },
  env: {
    type: 'string',
    value: '[fn.]k=v',
    multiple: true,
    help: 'An environment variable of every function, or of one',
  },
  'env-file': { type: 'string', value: 'file', help: 'A file of variables for every function' },
  'fn-env-file': {
    type: 'string',
    value: 'fn=file',
    multiple: true,
    help: 'A file of variables for one function',
  },
  concurrency: {
    type: 'string',
    value: 'number',
    help: 'Processes at most, default 100; then throttled',
  },
  'keep-warm': {
    type: 'string',
    value: 'number',
    help: 'Idle processes that stay, default 6; others end after a minute',
  },
  runtime: {
    type: 'string',
    value: 'name',
    help: 'bootstrap (default), official (aws-lambda-ric) or in-process',
  },
  debug: { type: 'boolean', help: 'Have debuggers attach to the function; no time limits then' },
  'debug-port': {
    type: 'string',
    value: 'number',
    help: 'The port for it, default 9229; of each further function the next',
  },
  node: { type: 'string', value: 'binary', help: 'The Node that runs the function' },
  watch: {
    type: 'boolean',
    canBeOff: true,
    help: 'Take changed files while it serves; default on a terminal',
  },
  inspector: {
    type: 'string',
    value: 'port',
    canBeOff: true,
    help: 'The page that shows each exchange; default on a terminal',
  },
  compare: {
    type: 'string',
    value: 'url',
    help: 'Where the app listens without a load balancer, to compare with',
  },
  'access-log': {
    type: 'string',
    value: 'file|-',
    help: "Write ALB's access log; - is standard output",
  },
  'connection-log': {
    type: 'string',
    value: 'file|-',
    help: "Write ALB's log of connections in the same way",
  },
  'health-check-log': {
    type: 'string',
    value: 'file|-',
    help: "Write ALB's log of health checks in the same way",
  },
  'log-format': {
    type: 'string',
    value: 'name',
    help: 'pretty (default), json or lambda',
  },
  'long-lines': {
    type: 'boolean',
    help: 'Print what a function writes whole, also on a terminal',
  },
  config: {
    type: 'string',
    value: 'file',
    help: "Listeners, rules, target groups in CloudFormation's shapes",
  },
  template: {
    type: 'string',
    value: 'file',
    multiple: true,
    help: 'Serve the load balancer of CloudFormation templates, or of cdk.out',
  },
  synth: {
    type: 'string',
    value: 'command',
    help: 'Makes the template: when it is missing, and when sources change',
  },
  stack: {
    type: 'string',
    value: 'name',
    multiple: true,
    help: 'Which stack of cdk.out, with those it depends on; default all',
  },
  'load-balancer': { type: 'string', value: 'id', help: 'Which one, if the template has several' },
  'parameter-overrides': {
    type: 'string',
    value: 'k=v',
    multiple: true,
    help: "Values of the template's parameters",
  },
  invoke: {
    type: 'string',
    value: 'Function=url',
    multiple: true,
    help: 'Call this function at a Lambda Invoke endpoint, not here',
  },
  import: {
    type: 'string',
    value: 'name=v',
    multiple: true,
    help: 'A value from outside of the template: an export, {{resolve:…}}',
  },
  code: {
    type: 'string',
    value: 'fn=folder',
    multiple: true,
    help: 'Where the code of a function is, if the template does not say so',
  },
  listener: {
    type: 'string',
    value: 'name=port',
    multiple: true,
    help: 'A listener outside of the template; name=443,https for HTTPS',
  },
  target: {
    type: 'string',
    value: 'Group=url',
    multiple: true,
    help: 'A server for a target group of type ip or instance',
  },
  help: { type: 'boolean', short: 'h', help: 'Print this text' },
  version: { type: 'boolean', short: 'v', help: 'Print the version' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof options

const column = 29

/** What `--help` prints; docs/local.md quotes it. */
export const usage = `Usage: koa-alb-local <file> [options]
       koa-alb-local --template <file> [--load-balancer <id>] [--config <file>] [options]
       koa-alb-local --config <file> [options]
       koa-alb-local doctor --help
       koa-alb-local replay --help
       koa-alb-local compare --help
       koa-alb-local events --help
       koa-alb-local migrate --help

Serves the export "handler" of a JavaScript or TypeScript file behind a local
Application Load Balancer.

Options:
${Object.entries(options).map(line).join('\n')}

Exit codes:
  0    stopped by Ctrl-C or SIGTERM; requests under way had 5 s to be answered
  1    could not start: broken function, port in use, configuration refused
  2    wrong arguments
  130  stopped by a second Ctrl-C, without waiting
`

function line([name, option]: [string, Option]): string {
  const short = option.short ? `-${option.short}, ` : ''
  const value = option.value ? ` <${option.value}>` : ''
  const flag = `  ${short}--${option.canBeOff ? '[no-]' : ''}${name}${value}`
  return `${flag.padEnd(column)} ${option.help}`
}

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

/** The values of an option that may be given several times. */
export function list(values: Values, name: OptionName): readonly string[] {
  const value = values[name]
  return Array.isArray(value) ? value.map(String) : []
}
