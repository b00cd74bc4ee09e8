import type { CallExpression, Node } from '@babel/types'
import { Undecided } from './adapters/adapter.ts'
import { isFunction } from './source/declarations.ts'
import { type Edit, findToken } from './source/edits.ts'
import { endOf, type Placed, parentOf } from './source/nodes.ts'
import type { Binding, Names } from './source/scopes.ts'

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

/**
 * The edits that make calls of the handler fit one that takes event and context, and returns a
 * promise.
 * @throws Undecided when it is used as something else
 */
export function handlerCallEdits(
  handler: Placed<CallExpression>,
  text: string,
  names: Names,
): Edit[] {
  const edits = callEdits(handler, text, names)
  for (const binding of bindingsOf(handler, names)) {
    for (const reference of binding.references) {
      edits.push(...callEdits(reference, text, names, isTyped(binding)))
    }
  }
  return edits
}

/** The names that hold the handler. */
function bindingsOf(handler: Placed, names: Names): Set<Binding> {
  const found = new Set<Binding>()
  for (
    let at: Placed = handler, parent = parentOf(at);
    parent;
    at = parent, parent = parentOf(at)
  ) {
    const { node } = parent
    const isTarget =
      (node.type === 'VariableDeclarator' && node.init === at.node) ||
      (node.type === 'AssignmentExpression' && node.right === at.node)
    if (isTarget) {
      const target = node.type === 'VariableDeclarator' ? node.id : node.left
      const binding = bindingOfTarget(target, node, names)
      if (binding) found.add(binding)
      if (node.type === 'VariableDeclarator') break
    } else if (!transparent.has(node.type)) break
  }
  return found
}

function bindingOfTarget(target: Node, declarator: Node, names: Names): Binding | undefined {
  if (target.type !== 'Identifier') return undefined
  return (
    names.bindingOf(target) ??
    names.bindings.find(({ declarations }) => declarations.some(({ node }) => node === declarator))
  )
}

function isTyped({ declarations }: Binding): boolean {
  return declarations.some(({ node }) => {
    if (node.type !== 'VariableDeclarator') return false
    return node.id.type === 'Identifier' && Boolean(node.id.typeAnnotation)
  })
}

function callEdits(used: Placed, text: string, names: Names, isFixed = false): Edit[] {
  let at = used
  let parent = parentOf(at)
  while (parent && transparent.has(parent.node.type)) {
    at = parent
    parent = parentOf(at)
  }
  if (!parent) return []
  const { node } = parent
  if (node.type === 'MemberExpression' && node.object === at.node) {
    throw new Undecided(node, 'the handler of koa-alb is a plain function and has no members')
  }
  if (node.type !== 'CallExpression' || node.callee !== at.node) return []
  const [, context, callback] = node.arguments
  if (!context || !callback) return []
  if (!isAnswer(parent)) {
    throw new Undecided(node, 'its answer is a promise now: return it, or wait for it')
  }
  if (isFixed) return []
  if (callback.type !== 'Identifier' || node.arguments.length > 3) {
    throw new Undecided(callback, 'the handler of koa-alb takes event and context alone')
  }
  return [without(text, context, callback), ...parameterEdits(callback, parent, text, names)]
}

function without(text: string, before: Node, node: Node): Edit {
  return { start: findToken(text, ',', endOf(before)), end: endOf(node), text: '' }
}

/** Whether its value is what the function around it returns, or is waited for. */
function isAnswer(call: Placed): boolean {
  let at = call
  for (let parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    const { node } = parent
    if (node.type === 'ReturnStatement' || node.type === 'AwaitExpression') return true
    if (node.type === 'ArrowFunctionExpression') return node.body === at.node
    if (!transparent.has(node.type)) return false
  }
  return false
}

/** The parameter goes with its only use, unless the function is called here with something for it. */
function parameterEdits(callback: Node, call: Placed, text: string, names: Names): Edit[] {
  const binding = names.bindingOf(callback)
  const owner = call.ancestors.findLast(isFunction)
  if (!binding || !owner || !('params' in owner) || binding.references.length !== 1) return []
  if (!binding.declarations.some(({ node }) => node === owner)) return []
  const [last, before] = owner.params.toReversed()
  const isDeclared = owner.type === 'FunctionDeclaration' && owner.id
  const isLast = last?.type === 'Identifier' && last.name === binding.name
  if (!isLast || !before || (isDeclared && isCalled(owner, names))) return []
  return [without(text, before, last)]
}

function isCalled(owner: Node, names: Names): boolean {
  const binding = names.bindings.find(({ declarations }) =>
    declarations.some(({ node }) => node === owner && 'id' in node),
  )
  return Boolean(
    binding?.references.some((reference) => parentOf(reference)?.node.type === 'CallExpression'),
  )
}
