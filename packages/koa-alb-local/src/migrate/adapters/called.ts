import type { CallExpression, Node } from '@babel/types'
import type { Access } from '../source/imports.ts'
import { type Placed, parentOf } from '../source/nodes.ts'
import { Undecided } from './adapter.ts'

/** The call of what is accessed. @throws Undecided when it is used in another way */
export function callOf(access: Access, allowed: readonly string[]): Placed<CallExpression> {
  const { imported, node } = access
  if (!allowed.includes(imported)) {
    throw new Undecided(node, `${imported} of it has no equivalent that is known here`)
  }
  const parent = parentOf(access)
  if (parent?.node.type !== 'CallExpression' || parent.node.callee !== node) {
    throw new Undecided(node, 'it is handed on as a value, and not called here')
  }
  return { node: parent.node, ancestors: parent.ancestors }
}

/** The arguments of the call, as many as there may be. @throws Undecided */
export function argumentsOf(call: CallExpression, most: number): (Node | undefined)[] {
  const { arguments: args } = call
  const spread = args.find(({ type }) => type === 'SpreadElement' || type === 'ArgumentPlaceholder')
  if (spread) throw new Undecided(spread, 'what it is called with is known only when it runs')
  const [first] = args
  if (!first) throw new Undecided(call, 'it is called without an app')
  const beyond = args[most]
  if (beyond) throw new Undecided(beyond, 'it is called with more than is known here')
  return args
}
