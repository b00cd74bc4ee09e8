import type { Node } from '@babel/types'

/** A node and what it stands in, the program first. */
export interface Placed<Kind extends Node = Node> {
  readonly node: Kind
  readonly ancestors: readonly Node[]
}

const besides = new Set(['leadingComments', 'trailingComments', 'innerComments', 'loc', 'extra'])

/** The nodes right below, with the property they stand in, in the order of the text. */
export function childrenOf(node: Node): { key: string; child: Node }[] {
  const children: { key: string; child: Node }[] = []
  for (const [key, value] of Object.entries(node)) {
    if (besides.has(key)) continue
    for (const each of Array.isArray(value) ? value : [value]) {
      if (isNode(each)) children.push({ key, child: each })
    }
  }
  return children.sort((one, other) => startOf(one.child) - startOf(other.child))
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Object(value).type === 'string'
}

/** Every node below, in the order of the text. */
export function* placedBelow(node: Node, ancestors: readonly Node[] = []): Generator<Placed> {
  const inside = [...ancestors, node]
  for (const { child } of childrenOf(node)) {
    yield { node: child, ancestors: inside }
    yield* placedBelow(child, inside)
  }
}

/** What was parsed has its place. */
export function startOf(node: Node): number {
  return node.start ?? 0
}

export function endOf(node: Node): number {
  return node.end ?? 0
}

export function textOf(text: string, node: Node): string {
  return text.slice(startOf(node), endOf(node))
}

/** What a node stands in. */
export function parentOf({ ancestors }: Placed): Placed | undefined {
  const node = ancestors.at(-1)
  return node && { node, ancestors: ancestors.slice(0, -1) }
}

/** The name of a property that is written out. */
export function propertyName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') {
    if (node.type !== 'ObjectProperty' && node.type !== 'ObjectMethod') return undefined
    if (node.computed) return undefined
    return node.key.type === 'Identifier' ? node.key.name : stringOf(node.key)
  }
  const { property, computed } = node
  return !computed && property.type === 'Identifier' ? property.name : stringOf(property)
}

export function stringOf(node: Node): string | undefined {
  return node.type === 'StringLiteral' ? node.value : undefined
}

/** Whether an expression can go without anything else being different. */
export function isPure(node: Node): boolean {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ObjectMethod':
    case 'Identifier':
      return true
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'ObjectProperty':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'SpreadElement':
    case 'TemplateLiteral':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return childrenOf(node).every(({ child }) => isPure(child) || child.type.startsWith('TS'))
    default:
      return node.type.endsWith('Literal') || node.type === 'TemplateElement'
  }
}
