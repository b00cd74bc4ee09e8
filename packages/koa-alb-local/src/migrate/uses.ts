import type { Node } from '@babel/types'
import type { Adapter, Remark, Use } from './adapters/adapter.ts'
import { placedBelow, propertyName, textOf } from './source/nodes.ts'
import type { SourceFile } from './source/source-file.ts'

/** Where an app asks a request for the event, in a way that koa-alb does not have. */
export function usesIn({ ast, text }: SourceFile, adapters: readonly Adapter[]): Remark[] {
  const uses = adapters.flatMap((adapter) => adapter.uses)
  const found = new Map<Node, Remark>()
  for (const { node } of placedBelow(ast.program)) {
    for (const { object, member, at } of taken(node)) {
      const written = textOf(text, bare(object))
      const use = uses.find((each) => each.member === member && each.of.test(written))
      if (!use) continue
      const message = `${member} is of the adapter that goes: take ${use.instead(written)}, of koa-alb`
      found.set(at, { node: at, message })
    }
  }
  return [...found.values()]
}

interface Taken {
  readonly object: Node
  readonly member: string
  readonly at: Node
}

/** The members that a node takes of something: `a.b`, `a?.b`, `const { b } = a`. */
function taken(node: Node): Taken[] {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    const member = propertyName(node)
    return member === undefined ? [] : [{ object: node.object, member, at: node }]
  }
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return []
  const { init: object } = node
  if (!object) return []
  return node.id.properties.flatMap((at) => {
    const member = propertyName(at)
    return member === undefined ? [] : [{ object, member, at }]
  })
}

/** Without parentheses and what only the compiler is told. */
function bare(node: Node): Node {
  const isWrapped =
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression'
  return isWrapped ? bare(node.expression) : node
}

/** Whether a text can have one of them at all. */
export function mayUse(text: string, adapters: readonly Adapter[]): boolean {
  const isIn = ({ member, near }: Use): boolean => text.includes(member) && text.includes(near)
  return adapters.some(({ uses }) => uses.some(isIn))
}
