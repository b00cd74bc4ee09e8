import type { Node, ObjectExpression } from '@babel/types'
import { isPure, propertyName } from '../source/nodes.ts'
import { type Remark, Undecided } from './adapter.ts'

/** Why an option goes, or `keep` for what is no option; throws Undecided for what has no equivalent. */
export type ReadOption = (value: Node) => string | 'keep'

export type Options = Readonly<Record<string, ReadOption>>

export const byBytes: ReadOption = () =>
  'whether a body travels as text or as base64 is decided by its bytes'

/** An option that may go when it has one of these values. */
export function only(values: readonly unknown[], reason: string, otherwise: string): ReadOption {
  return (value) => {
    const isLiteral = value.type === 'StringLiteral' || value.type === 'BooleanLiteral'
    if (isLiteral && values.includes(value.value)) return reason
    throw new Undecided(value, otherwise)
  }
}

/** An option that may go whatever it is. */
export function without(reason: string): ReadOption {
  return () => reason
}

/** An option that koa-alb has nothing for. */
export function missing(reason: string): ReadOption {
  return (value) => {
    throw new Undecided(value, reason)
  }
}

/**
 * What is said of the options that go.
 * @throws Undecided when one of them cannot
 */
export function readOptions(given: Node | undefined, known: Options): Remark[] {
  if (!given || isNothing(given)) return []
  if (given.type !== 'ObjectExpression') {
    throw new Undecided(given, 'the options are not written out here')
  }
  return given.properties.flatMap((property) => {
    const { name, value } = named(property)
    const read = Object.hasOwn(known, name) ? known[name] : undefined
    if (!read) throw new Undecided(property, `${name} is an option that is not known here`)
    const reason = read(value)
    if (reason === 'keep') return []
    if (!isPure(value)) {
      throw new Undecided(value, `${name} would go, but making its value may do something`)
    }
    return [{ node: property, message: `${name} is left out: ${reason}` }]
  })
}

function isNothing(node: Node): boolean {
  return node.type === 'NullLiteral' || (node.type === 'Identifier' && node.name === 'undefined')
}

type Property = ObjectExpression['properties'][number]

function named(property: Property): { name: string; value: Node } {
  const name = propertyName(property)
  if (property.type === 'SpreadElement' || name === undefined) {
    throw new Undecided(property, 'which options these are is known only when it runs')
  }
  return { name, value: property.type === 'ObjectMethod' ? property : property.value }
}

/** The value of an option, when it is written out. */
export function optionOf(given: Node, name: string): Node | undefined {
  if (given.type !== 'ObjectExpression') return undefined
  return given.properties.map((each) => named(each)).find((each) => each.name === name)?.value
}
