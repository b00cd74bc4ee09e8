import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type ScalarTag,
} from 'yaml'
import { readNoted } from '../files/noted-files.ts'

/** A template, or one of its values, that cannot be served here. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/** A template as it is written: the short forms of YAML have become `Fn::…` and `Ref`. */
export type TemplateObject = Readonly<Record<string, unknown>>

// CloudFormation reads YAML 1.1, but `y` and `n` are texts there.
const boolean: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:yes|true|on)$/i.test(text),
}

/**
 * Reads a CloudFormation template in JSON or YAML, of which JSON is a part. Of a key that is there
 * twice the last value counts, as in CloudFormation.
 * @throws Error when it is neither
 */
export async function readTemplate(file: string): Promise<TemplateObject> {
  const document = parseDocument(await templateText(file), {
    logLevel: 'silent',
    uniqueKeys: false,
    customTags: (tags) => [boolean, ...tags],
  })
  const [error] = document.errors
  if (error) throw new Error(error.message)
  const open = new Set<unknown>()
  const aliasValue = (alias: Alias): unknown => {
    const node = alias.resolve(document)
    if (open.has(node)) throw new Error(`*${alias.source} stands for what it is in`)
    open.add(node)
    const value = toValue(node)
    open.delete(node)
    return value
  }
  const toValue = (node: unknown): unknown => {
    if (isAlias(node)) return aliasValue(node)
    const value = plainValue(node, toValue)
    const tag = (node as Node | null)?.tag
    return tag?.startsWith('!') ? expanded(tag.slice(1), value) : value
  }
  const template = toValue(document.contents)
  if (typeof template === 'object' && template !== null && !Array.isArray(template)) {
    return { ...template }
  }
  throw new Error('there is no object in it')
}

async function templateText(file: string): Promise<string> {
  try {
    return await readNoted(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // what Node's file system throws
    if (code === 'ENOENT') throw new Error('it does not exist: has it been built or synthesized?')
    if (code === 'EISDIR') throw new Error('it is a folder without the manifest.json of a cdk.out')
    throw error
  }
}

/** An object of a template; an empty one for anything else. */
export function asObject(value: unknown): TemplateObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function plainValue(node: unknown, toValue: (node: unknown) => unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [keyOf(key, toValue), toValue(value)]),
    )
  }
  if (isSeq(node)) return node.items.map(toValue)
  if (!isScalar(node)) return null
  // Dates, such as the version of the format, stay what is written.
  return node.value instanceof Date ? node.source : node.value
}

// `no`, `on` and numbers are keys as they are written.
function keyOf(key: unknown, toValue: (node: unknown) => unknown): string {
  return isScalar(key) && key.source !== undefined ? key.source : String(toValue(key))
}

function expanded(name: string, value: unknown): unknown {
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value }
  const dot = value.indexOf('.')
  return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] }
}
