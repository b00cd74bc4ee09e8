import type { CallExpression, Node } from '@babel/types'
import { Undecided } from './adapters/adapter.ts'
import { callOfUse, checkAnswer } from './handler-answers.ts'
import { beyondTransparent, isTransparent, usesOf } from './handler-flow.ts'
import { isFunction } from './source/declarations.ts'
import { type Edit, findToken } from './source/edits.ts'
import { endOf, type Placed, parentOf } from './source/nodes.ts'
import type { Binding, Names } from './source/scopes.ts'
import type { SourceFile } from './source/source-file.ts'

/**
 * The edits that make calls of the handler fit one that takes event and context, and returns a
 * promise.
 * @throws Undecided when it is used as something else
 */
export function handlerCallEdits(
  handler: Placed<CallExpression>,
  { text, ast }: SourceFile,
  names: Names,
): Edit[] {
  for (const use of [handler, ...usesOf(handler, ast.program, names)]) {
    const call = callOfUse(use)
    if (call) checkAnswer(call, names)
  }
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
    } else if (!isTransparent(node)) break
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
  const at = beyondTransparent(used)
  const parent = parentOf(at)?.node
  if (parent?.type === 'MemberExpression' && parent.object === at.node) {
    throw new Undecided(parent, 'the handler of koa-alb is a plain function and has no members')
  }
  const call = callOfUse(used)
  if (!call) return []
  const [, context, callback] = call.node.arguments
  if (!context || !callback || isFixed) return []
  if (callback.type !== 'Identifier' || call.node.arguments.length > 3) {
    throw new Undecided(callback, 'the handler of koa-alb takes event and context alone')
  }
  return [without(text, context, callback), ...parameterEdits(callback, call, text, names)]
}

function without(text: string, before: Node, node: Node): Edit {
  return { start: findToken(text, ',', endOf(before)), end: endOf(node), text: '' }
}

/** The parameter goes with its only use, unless the function is called here with something for it. */
function parameterEdits(callback: Node, call: Placed, text: string, names: Names): Edit[] {
  const binding = names.bindingOf(callback)
  if (binding?.references.length !== 1) return []
  const owner = call.ancestors.find((node) =>
    binding.declarations.some((declaration) => declaration.node === node),
  )
  if (!owner || !isFunction(owner) || !('params' in owner)) return []
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
