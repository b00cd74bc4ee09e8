import ipaddr from 'ipaddr.js'
import { asObject, type TemplateObject } from './read-template.ts'
import { Unknown } from './unknown.ts'

/** What functions see besides their argument. */
export interface FunctionContext {
  readonly mappings: TemplateObject
  readonly region: string
}

type IntrinsicFunction = (
  list: readonly unknown[],
  argument: unknown,
  context: FunctionContext,
) => unknown

/** Those that need nothing but their argument, resolved: as a list, and as it is. */
export const intrinsicFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::And': (list) => list.every((item) => item === true),
  'Fn::Base64': ([text]) => Buffer.from(String(text)).toString('base64'),
  'Fn::Cidr': ([block, count, bits]) => cidrBlocks(String(block), Number(count), Number(bits ?? 8)),
  'Fn::Equals': ([one, other]) => String(one) === String(other),
  'Fn::FindInMap': ([map, key, name, options], _argument, { mappings }) =>
    findInMap(mappings, [map, key, name].map(String), options),
  'Fn::GetAZs': ([region], _argument, context) =>
    ['a', 'b', 'c'].map((letter) => `${region || context.region}${letter}`),
  'Fn::Join': ([separator, list]) => (Array.isArray(list) ? list.join(String(separator)) : list),
  'Fn::Length': (list) => list.length,
  'Fn::Not': ([item]) => item !== true,
  'Fn::Or': (list) => list.includes(true),
  'Fn::Select': ([index, list]) => select(index, list),
  'Fn::Split': ([separator, text]) => String(text).split(String(separator)),
  'Fn::ToJsonString': (_list, argument) => JSON.stringify(argument),
}

function select(index: unknown, list: unknown): unknown {
  const found: unknown = Array.isArray(list) ? list[Number(index)] : undefined
  return found ?? new Unknown(`Fn::Select finds nothing at ${index} of ${JSON.stringify(list)}`)
}

function findInMap(mappings: TemplateObject, keys: readonly string[], options: unknown): unknown {
  const found = keys.reduce((value: unknown, key) => {
    const map = asObject(value)
    return Object.hasOwn(map, key) ? map[key] : undefined
  }, mappings)
  const usual = asObject(options).DefaultValue
  return found ?? usual ?? new Unknown(`Fn::FindInMap finds nothing at ${keys.join('.')}`)
}

function cidrBlocks(block: string, count: number, bits: number): unknown {
  if (!ipaddr.isValidCIDR(block)) return new Unknown(`Fn::Cidr: ${block} is no network`)
  const [network] = ipaddr.parseCIDR(block)
  const bytes = network.toByteArray()
  // As CloudFormation takes them.
  const isUsual = isFrom1To(256, count) && isFrom1To(bytes.length * 8, bits)
  if (!isUsual) return new Unknown(`Fn::Cidr: there are no ${count} networks with ${bits} bits`)
  const start = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  return Array.from({ length: count }, (_, index) => {
    const address = start + (BigInt(index) << BigInt(bits))
    const hex = address.toString(16).padStart(bytes.length * 2, '0')
    const text = ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]).toString()
    return `${text}/${bytes.length * 8 - bits}`
  })
}

function isFrom1To(most: number, value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}
