import { list, type OptionName, text, type Values } from './options.ts'
import { UsageError } from './usage-error.ts'

/** What to serve. */
export type Source =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'config'; readonly file: string }
  | TemplateSource

export interface TemplateSource {
  readonly kind: 'template'
  /** All of them, for messages. */
  readonly file: string
  /** Templates, each perhaps with a name in front, and folders such as `cdk.out`. */
  readonly files: readonly string[]
  /** The command that makes them, if there is one. */
  readonly synth: string | undefined
  /** Which of their stacks; none for all. */
  readonly stacks: readonly string[]
  readonly loadBalancer: string | undefined
  /** A configuration file with what stands for services of AWS. */
  readonly standIns: string | undefined
  /** Values of parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>
  /** Values from outside of the template, by name. */
  readonly imports: Readonly<Record<string, string>>
  /** Folders or archives with the code of functions, by logical id or name. */
  readonly code: Readonly<Record<string, string>>
}

// What a template or a configuration file says itself, for each function or listener.
const ofOneFunction: readonly OptionName[] = [
  'https',
  'multi-value-headers',
  'health-check',
  'handler',
  'timeout',
  'memory',
]

const onlyOfTemplates = [
  'synth',
  'load-balancer',
  'stack',
  'parameter-overrides',
  'import',
  'code',
] as const

/** @throws UsageError */
export function sourceOf(values: Values, positionals: readonly string[]): Source {
  const templates = list(values, 'template')
  const template = templates.length > 0 ? templates.join(', ') : undefined
  const config = text(values, 'config')
  const loadBalancer = text(values, 'load-balancer')
  const { files, overrides } = withoutOverrides(values, positionals)
  const given = [...files, template ?? config].filter((each) => each !== undefined)
  if (given.length === 0) {
    const handler = text(values, 'handler')
    if (handler?.includes('.')) return { kind: 'file', file: handler }
    throw new UsageError(
      'Nothing to serve: give a file that exports a handler, such as dist/lambda.js',
    )
  }
  if (given.length > 1) {
    throw new UsageError(
      `Give one file, one --template or one --config, not ${given.join(' and ')}`,
    )
  }
  const ofTemplate = onlyOfTemplates.find((name) => values[name])
  if (ofTemplate && template === undefined) {
    throw new UsageError(`--${ofTemplate} is for --template`)
  }
  const [file = ''] = given
  if (files.length === 1) {
    const idle = (['invoke', 'listener', 'target'] as const).find(
      (name) => values[name] !== undefined,
    )
    if (idle) throw new UsageError(`--${idle} is for --template and --config`)
    return { kind: 'file', file }
  }
  const idle = ofOneFunction.find((name) => values[name] !== undefined)
  if (idle) throw new UsageError(`--${idle} is for a single file; ${file} has its own settings`)
  if (template === undefined) return { kind: 'config', file }
  return {
    kind: 'template',
    file,
    files: templates,
    synth: text(values, 'synth'),
    stacks: list(values, 'stack'),
    loadBalancer,
    standIns: config,
    parameters: pairsOf('parameter-overrides', overrides),
    imports: pairsOf('import', values.import),
    code: pairsOf('code', values.code),
  }
}

// `aws cloudformation deploy` takes several pairs behind one option; here they are positionals.
function withoutOverrides(
  values: Values,
  positionals: readonly string[],
): { files: readonly string[]; overrides: readonly unknown[] } {
  const overrides = values['parameter-overrides']
  if (!Array.isArray(overrides)) return { files: positionals, overrides: [] }
  const isPair = (each: string): boolean => /^\w+=/.test(each)
  return {
    files: positionals.filter((each) => !isPair(each)),
    overrides: [...overrides, ...positionals.filter(isPair)],
  }
}

function pairsOf(name: OptionName, given: unknown): Readonly<Record<string, string>> {
  const pairs = (Array.isArray(given) ? given : []).map((pair): [string, string] => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(String(pair)) ?? []
    if (key !== undefined && value !== undefined) return [key, value]
    throw new UsageError(`--${name} takes Name=Value, got ${pair}`)
  })
  return Object.fromEntries(pairs)
}
