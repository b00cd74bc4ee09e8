import { defaultRegion } from '../targets/function-identity.ts'
import { attributeOf } from './attributes.ts'
import { type FunctionContext, intrinsicFunctions } from './intrinsic-functions.ts'
import { isLoop, withoutLoops } from './loops.ts'
import type { Parameters } from './parameters.ts'
import { asObject, type TemplateObject } from './read-template.ts'
import { firstUnknown, outside, Unknown, withStandIns } from './unknown.ts'

// A property with this value is as if it were not there.
const noValue = Symbol('AWS::NoValue')

interface Surroundings {
  readonly region?: string | undefined
  readonly stackName?: string
  /** How a resource is called among those of all stacks. */
  readonly idOf?: (id: string) => string
  /** Values from outside by their name: exports, attributes, dynamic references. */
  readonly imported?: (name: string) => unknown
}

/**
 * Resolves what can be known without an account; a resource is known by its logical id. Whatever
 * depends on something else is Unknown.
 */
export class Intrinsics {
  /** Conditions that are taken as false because of something that is not known. */
  readonly doubts = new Map<string, Unknown>()
  readonly #parameters: Parameters
  readonly #conditions: TemplateObject
  readonly #resources: TemplateObject
  readonly #context: FunctionContext
  readonly #imported: (name: string) => unknown
  readonly #idOf: (id: string) => string
  readonly #pseudo: Readonly<Record<string, unknown>>
  /** Conditions that are being resolved. */
  readonly #open = new Set<string>()

  constructor(
    template: TemplateObject,
    parameters: Parameters,
    {
      region = defaultRegion,
      stackName = 'local',
      idOf = (id) => id,
      imported = () => undefined,
    }: Surroundings = {},
  ) {
    this.#parameters = parameters
    this.#imported = imported
    this.#idOf = idOf
    this.#resources = asObject(template.Resources)
    this.#context = { mappings: asObject(template.Mappings), region }
    this.#pseudo = {
      'AWS::AccountId': '123456789012',
      'AWS::NoValue': noValue,
      'AWS::NotificationARNs': [],
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::StackId': `arn:aws:cloudformation:${region}:123456789012:stack/${stackName}/1`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    }
    this.#conditions = this.expanded(asObject(template.Conditions))
  }

  resolve(value: unknown): unknown {
    const resolved = this.#resolve(value)
    return resolved === noValue ? undefined : resolved
  }

  /** Whether a condition of the template holds, as far as it can be known. */
  holds(name: unknown): boolean {
    const text = String(name)
    const value = this.#condition(text)
    if (value instanceof Unknown) this.doubts.set(text, value)
    return value === true
  }

  #condition(name: string): unknown {
    if (!Object.hasOwn(this.#conditions, name)) return new Unknown(`there is no condition ${name}`)
    if (this.#open.has(name)) return new Unknown(`condition ${name} depends on itself`)
    this.#open.add(name)
    try {
      return this.#resolve(this.#conditions[name])
    } finally {
      this.#open.delete(name)
    }
  }

  /** An object of the template with its loops run. */
  expanded(object: TemplateObject): TemplateObject {
    return withoutLoops(object, (list) => withStandIns(this.#resolve(list)))
  }

  #resolve(value: unknown): unknown {
    if (typeof value === 'string') return this.#withReferences(value)
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(item)).filter((item) => item !== noValue)
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(this.expanded(asObject(value)))
    const [first] = entries
    if (entries.length === 1 && first && isIntrinsic(first)) {
      const result = this.#call(...first)
      return typeof result === 'string' ? this.#withReferences(result) : result
    }
    return Object.fromEntries(
      entries
        .map(([name, each]) => [name, this.#resolve(each)] as const)
        .filter(([, each]) => each !== noValue),
    )
  }

  #call(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.#ref(String(argument))
    if (name === 'Condition') return this.holds(argument)
    if (name === 'Fn::If') return this.#if(argument)
    if (name === 'Fn::Sub') return this.#sub(argument)
    if (name === 'Fn::Transform') return new Unknown(macroNamed(argument))
    const resolved = this.#resolve(argument)
    // Which item it is may be known where another one is not.
    const values = name === 'Fn::Select' ? resolved : withStandIns(resolved)
    const missing = name === 'Fn::Select' ? undefined : firstUnknown(values)
    if (missing) return missing
    const list: unknown[] = Array.isArray(values) ? values : [values]
    if (name === 'Fn::ImportValue')
      return this.#given(String(list[0]), `Fn::ImportValue ${list[0]}`)
    // A list or, in YAML, one text with a dot.
    if (name === 'Fn::GetAtt') return this.#attribute(list.join('.'))
    const call = intrinsicFunctions[name]
    return call ? call(list, values, this.#context) : new Unknown(`${name} is not known here`)
  }

  #ref(name: string): unknown {
    if (Object.hasOwn(this.#pseudo, name)) return this.#pseudo[name]
    return this.#parameters.has(name) ? this.#parameters.value(name) : this.#idOf(name)
  }

  #if(argument: unknown): unknown {
    const [condition, then, otherwise] = Array.isArray(argument) ? argument : []
    return this.#resolve(this.holds(condition) ? then : otherwise)
  }

  #sub(argument: unknown): unknown {
    const [text, values = {}] = Array.isArray(argument) ? argument : [argument]
    const own = asObject(this.#resolve(values))
    let missing: Unknown | undefined
    const filled = String(text).replace(
      /\$\{(!?)([^{}]+)\}/g,
      (whole, literal: string, inner: string) => {
        if (literal) return `\${${inner}}`
        const name = inner.trim()
        const value = withStandIns(
          Object.hasOwn(own, name)
            ? own[name]
            : name.includes('.')
              ? this.#attribute(name)
              : this.#ref(name),
        )
        if (value instanceof Unknown) missing ??= value
        return value instanceof Unknown ? whole : String(value)
      },
    )
    return missing ?? filled
  }

  #attribute(path: string): unknown {
    const dot = path.indexOf('.')
    const [id, name] = [path.slice(0, dot), path.slice(dot + 1)]
    const given = this.#imported(path)
    if (given !== undefined) return given
    const resource = asObject(this.#resources[id])
    const known = attributeOf(this.#idOf(id), name, resource, this.#context.region)
    return known ?? outside(`Fn::GetAtt ${path}`, path)
  }

  /** With the values of dynamic references, such as `{{resolve:ssm:/database/host}}`. */
  #withReferences(text: string): unknown {
    let missing: Unknown | undefined
    const filled = text.replace(/\{\{resolve:([^{}]+)\}\}/g, (whole, name: string) => {
      const value = this.#given(name, whole)
      if (value instanceof Unknown) missing ??= value
      return String(value)
    })
    return missing ?? filled
  }

  #given(name: string, reason: string): unknown {
    return this.#imported(name) ?? outside(reason, name)
  }
}

function isIntrinsic([name, argument]: readonly [string, unknown]): boolean {
  if (name === 'Ref' || name === 'Condition') return typeof argument === 'string'
  return name.startsWith('Fn::') && !isLoop(name)
}

function macroNamed(argument: unknown): string {
  return `Fn::Transform ${asObject(argument).Name ?? ''}`.trim()
}
