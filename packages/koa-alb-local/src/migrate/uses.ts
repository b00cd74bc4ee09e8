import type { Node } from '@babel/types'
import type { Adapter, Remark, Use } from './adapters/adapter.ts'
import { isFunction } from './source/declarations.ts'
import { placedBelow, propertyName, textOf } from './source/nodes.ts'
import type { SourceFile } from './source/source-file.ts'

/** Where an app asks a request for the event, in a way that koa-alb does not have. */
export function usesIn({ ast, text }: SourceFile, adapters: readonly Adapter[]): Remark[] {
  const uses = adapters.flatMap((adapter) => adapter.uses)
  const found = new Map<Node, Remark>()
  for (const { node } of placedBelow(ast.program)) {
    for (const { object, member, at } of taken(node, text)) {
      const use = uses.find(
        (each) => each.member === member && (object === undefined || each.of.test(object)),
      )
      if (!use) continue
      const instead = use.instead(object ?? 'req')
      const message = `${member} is of the adapter that goes: take ${instead}, of koa-alb`
      found.set(at, { node: at, message })
    }
  }
  return [...found.values()]
}

interface Taken {
  /** What it is taken of, as text; undefined for the request that a listener is given. */
  readonly object: string | undefined
  readonly member: string
  readonly at: Node
}

/** The members that a node takes of something: `a.b`, `a?.b`, `{ b } = a`, `{ a: { b } }`. */
function taken(node: Node, text: string): Taken[] {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    const member = propertyName(node)
    return member === undefined ? [] : [{ object: writtenOf(node.object, text), member, at: node }]
  }
  const { pattern, of } = patternOf(node) ?? {}
  if (pattern) return patternMembers(pattern, of ? writtenOf(of, text) : '')
  return isFunction(node) && 'params' in node ? parameterMembers(node.params) : []
}

function patternOf(node: Node): { pattern: Node; of: Node } | undefined {
  if (node.type === 'VariableDeclarator' && node.init) return { pattern: node.id, of: node.init }
  if (node.type === 'AssignmentExpression') return { pattern: node.left, of: node.right }
  return undefined
}

// With a response behind it, the first is a request, which has no name in a pattern.
function parameterMembers(parameters: readonly Node[]): Taken[] {
  const [, second] = parameters
  const isListener =
    second?.type === 'Identifier' && /^_?(?:res(?:ponse)?|reply)$/.test(second.name)
  return parameters.flatMap((each, index) =>
    patternMembers(each, isListener && index === 0 ? undefined : ''),
  )
}

function patternMembers(pattern: Node, object: string | undefined): Taken[] {
  if (pattern.type === 'AssignmentPattern') return patternMembers(pattern.left, object)
  if (pattern.type !== 'ObjectPattern') return []
  return pattern.properties.flatMap((at) => {
    const member = propertyName(at)
    if (at.type !== 'ObjectProperty' || member === undefined) return []
    return [{ object, member, at }, ...patternMembers(at.value, member)]
  })
}

function writtenOf(node: Node, text: string): string {
  return textOf(text, bare(node))
}

/** Without parentheses and what only the compiler is told. */
function bare(node: Node): Node {
  const isWrapped =
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'TSTypeAssertion'
  return isWrapped ? bare(node.expression) : node
}

/** Whether a text can have one of them at all. */
export function mayUse(text: string, adapters: readonly Adapter[]): boolean {
  const isIn = ({ member, near }: Use): boolean => text.includes(member) && near.test(text)
  return adapters.some(({ uses }) => uses.some(isIn))
}
