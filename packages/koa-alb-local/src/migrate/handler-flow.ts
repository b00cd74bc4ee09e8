import type { Node } from '@babel/types'
import { isFunction } from './source/declarations.ts'
import { type Placed, parentOf, placedBelow, propertyName } from './source/nodes.ts'
import type { Names } from './source/scopes.ts'

// What a value passes through unchanged.
const transparent = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'LogicalExpression',
  'ConditionalExpression',
])

export function isTransparent({ type }: Node): boolean {
  return transparent.has(type)
}

/** The whole expression that has a value as it is. */
export function beyondTransparent(value: Placed): Placed {
  const parent = parentOf(value)
  return parent && isTransparent(parent.node) ? beyondTransparent(parent) : value
}

/** Where the handler may be used: by a name, as a member of something, as what a function returns. */
export function usesOf(handler: Placed, program: Node, names: Names): Placed[] {
  const found = new Map<Node, Placed>()
  const waiting = [handler]
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    for (const use of nextUses(value, program, names)) {
      if (found.has(use.node)) continue
      found.set(use.node, use)
      waiting.push(use)
    }
  }
  return [...found.values()]
}

function nextUses(value: Placed, program: Node, names: Names): Placed[] {
  const uses: Placed[] = []
  let at = value
  for (let parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    const { node } = parent
    uses.push(...keptBy(node, at.node, program, names))
    if (isReturn(node, at.node))
      return [...uses, ...callsOf(functionAround(parent), program, names)]
    const parameter = thenParameter(parent)
    if (parameter) return [...uses, ...(names.bindingOf(parameter)?.references ?? [])]
    const isPassed =
      isTransparent(node) || node.type === 'AwaitExpression' || node.type === 'AssignmentExpression'
    if (!isPassed) return uses
  }
  return uses
}

/** What means the same from here on: a name, or a member of any object. */
function keptBy(node: Node, value: Node, program: Node, names: Names): readonly Placed[] {
  const target = targetOf(node, value)
  if (target?.type === 'Identifier') return names.bindingOf(target)?.references ?? []
  return target ? membersLike(target, program) : []
}

function targetOf(node: Node, value: Node): Node | undefined {
  switch (node.type) {
    case 'VariableDeclarator':
      return node.init === value ? node.id : undefined
    case 'AssignmentExpression':
      return node.right === value ? node.left : undefined
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return node.value === value ? node : undefined
    default:
      return undefined
  }
}

function membersLike(target: Node, program: Node): Placed[] {
  const name = memberName(target)
  if (name === undefined) return []
  return [...placedBelow(program)].filter(
    ({ node }) =>
      (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') &&
      node !== target &&
      memberName(node) === name,
  )
}

function memberName(node: Node): string | undefined {
  switch (node.type) {
    case 'ClassProperty':
    case 'ClassMethod':
      return !node.computed && node.key.type === 'Identifier' ? node.key.name : undefined
    case 'ClassPrivateProperty':
    case 'ClassPrivateMethod':
      return `#${node.key.id.name}`
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return node.property.type === 'PrivateName' ? `#${node.property.id.name}` : propertyName(node)
    default:
      return propertyName(node)
  }
}

/** Whether a value is what the function around it returns. */
export function isReturn(node: Node, value: Node): boolean {
  if (node.type === 'ReturnStatement') return true
  return node.type === 'ArrowFunctionExpression' && node.body === value
}

/** The nearest function, which may be the node itself. */
export function functionAround({ node, ancestors }: Placed): Placed | undefined {
  const inside = [...ancestors, node]
  const index = inside.findLastIndex(isFunction)
  const found = inside[index]
  return found && { node: found, ancestors: inside.slice(0, index) }
}

/** The calls of a function, by its names. */
function callsOf(made: Placed | undefined, program: Node, names: Names): Placed[] {
  if (!made) return []
  const { node } = made
  const parent = parentOf(made)
  const own = 'id' in node && node.id ? names.bindingOf(node.id)?.references : undefined
  const given = parent ? keptBy(parent.node, node, program, names) : []
  return [...(own ?? []), ...given, ...membersLike(node, program)].flatMap((use) => {
    const call = parentOf(use)
    return call?.node.type === 'CallExpression' && call.node.callee === use.node ? [call] : []
  })
}

/** Of `made.then` in `made.then((handler) => …)`, what the handler is called there. */
function thenParameter(member: Placed): Node | undefined {
  const call = parentOf(member)
  if (propertyName(member.node) !== 'then' || call?.node.type !== 'CallExpression') return undefined
  const [taking] = call.node.arguments
  if (!taking || !isFunction(taking) || !('params' in taking)) return undefined
  const [parameter] = taking.params
  return parameter?.type === 'Identifier' ? parameter : undefined
}
