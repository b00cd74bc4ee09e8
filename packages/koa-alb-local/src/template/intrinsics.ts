import { defaultRegion } from '../targets/function-identity.ts'
import type { Parameters } from './parameters.ts'
import { TemplateError, type TemplateObject } from './read-template.ts'

// A property with this value is as if it were not there.
const noValue = Symbol('AWS::NoValue')

/** Resolves what can be known without an account; a resource is known by its logical id. */
export class Intrinsics {
  readonly #template: TemplateObject
  readonly #parameters: Parameters
  readonly #pseudo: Readonly<Record<string, unknown>>

  constructor(template: TemplateObject, parameters: Parameters, region = defaultRegion) {
    this.#template = template
    this.#parameters = parameters
    this.#pseudo = {
      'AWS::AccountId': '123456789012',
      'AWS::NoValue': noValue,
      'AWS::NotificationARNs': [],
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::StackId': `arn:aws:cloudformation:${region}:123456789012:stack/local/1`,
      'AWS::StackName': 'local',
      'AWS::URLSuffix': 'amazonaws.com',
    }
  }

  /** @throws TemplateError when a value depends on something outside of the template */
  resolve(value: unknown): unknown {
    const resolved = this.#resolve(value)
    return resolved === noValue ? undefined : resolved
  }

  /** Whether a condition of the template holds. */
  holds(name: unknown): boolean {
    const condition = objectAt(this.#template, 'Conditions')[String(name)]
    if (condition === undefined) throw new TemplateError(`there is no condition ${String(name)}`)
    return this.#resolve(condition) === true
  }

  #resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(item)).filter((item) => item !== noValue)
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [first] = entries
    if (entries.length === 1 && first && isIntrinsic(first)) return this.#call(...first)
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
    const list = this.#resolve(argument)
    const call = functions[name]
    if (call) return call(Array.isArray(list) ? list : [list], this.#template)
    throw new TemplateError(`${name} depends on something outside of the template`)
  }

  #ref(name: string): unknown {
    if (Object.hasOwn(this.#pseudo, name)) return this.#pseudo[name]
    return this.#parameters.has(name) ? this.#parameters.value(name) : name
  }

  #if(argument: unknown): unknown {
    const [condition, then, otherwise] = Array.isArray(argument) ? argument : []
    return this.#resolve(this.holds(condition) ? then : otherwise)
  }

  #sub(argument: unknown): string {
    const [text, values = {}] = Array.isArray(argument) ? argument : [argument]
    const own = this.#resolve(values)
    return String(text).replace(/\$\{(!?)([^{}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (Object.hasOwn(Object(own), name)) return String(Object(own)[name])
      return name.includes('.') ? attribute(name.split('.')) : String(this.#ref(name.trim()))
    })
  }
}

function isIntrinsic([name, argument]: readonly [string, unknown]): boolean {
  if (name === 'Ref' || name === 'Condition') return typeof argument === 'string'
  return name.startsWith('Fn::')
}

// Configuration refers to resources by their names, so an ARN is the logical id, too.
function attribute([id, ...path]: readonly string[]): string {
  const name = path.join('.')
  return name.endsWith('Arn') ? String(id) : `${id}.${name}`
}

type Call = (list: readonly unknown[], template: TemplateObject) => unknown

const functions: Readonly<Record<string, Call>> = {
  'Fn::And': (list) => list.every((item) => item === true),
  'Fn::Base64': ([text]) => Buffer.from(String(text)).toString('base64'),
  'Fn::Equals': ([one, other]) => String(one) === String(other),
  'Fn::FindInMap': ([map, key, name], template) => findInMap(template, [map, key, name]),
  // A list or, in YAML, one text with a dot.
  'Fn::GetAtt': (list) => attribute(list.join('.').split('.')),
  'Fn::Join': ([separator, list]) => (Array.isArray(list) ? list.join(String(separator)) : list),
  'Fn::Not': ([item]) => item !== true,
  'Fn::Or': (list) => list.includes(true),
  'Fn::Select': ([index, list]) => select(index, list),
  'Fn::Split': ([separator, text]) => String(text).split(String(separator)),
}

function select(index: unknown, list: unknown): unknown {
  const found: unknown = Array.isArray(list) ? list[Number(index)] : undefined
  if (found !== undefined) return found
  throw new TemplateError(`Fn::Select finds nothing at ${index} of ${JSON.stringify(list)}`)
}

function findInMap(template: TemplateObject, keys: readonly unknown[]): unknown {
  const found = keys.reduce(
    (value: unknown, key) => Reflect.get(Object(value ?? {}), String(key)),
    objectAt(template, 'Mappings'),
  )
  if (found !== undefined) return found
  throw new TemplateError(`Fn::FindInMap finds nothing at ${keys.join('.')}`)
}

function objectAt(parent: TemplateObject, name: string): TemplateObject {
  const value = parent[name]
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
