import type { CallExpression, Node } from '@babel/types'
import { Undecided } from './adapters/adapter.ts'
import { beyondTransparent, functionAround, isReturn, isTransparent } from './handler-flow.ts'
import { type Placed, parentOf, propertyName } from './source/nodes.ts'
import type { Names } from './source/scopes.ts'

/** The call of what is used, if it is called there, or once it is waited for. */
export function callOfUse(used: Placed): Placed<CallExpression> | undefined {
  const at = beyondTransparent(used)
  const parent = parentOf(at)
  if (parent?.node.type === 'AwaitExpression') return callOfUse(parent)
  if (parent?.node.type !== 'CallExpression' || parent.node.callee !== at.node) return undefined
  return { node: parent.node, ancestors: parent.ancestors }
}

/**
 * A handler that was called with event, context and callback gave its answer to the callback, or to
 * the context; that of koa-alb returns it.
 * @throws Undecided when nobody takes what is returned
 */
export function checkAnswer(call: Placed<CallExpression>, names: Names): void {
  const { node } = call
  const [, context, callback] = node.arguments
  if (!context) return
  const isTaken = callback ? isAnswer(call, ownerOf(callback, names)) : !isDropped(call)
  if (!isTaken) {
    throw new Undecided(node, 'its answer is a promise now: return it, or wait for it')
  }
}

/** The function that a callback is given to. */
function ownerOf(callback: Node, names: Names): Node | undefined {
  const [declaration] = names.bindingOf(callback)?.declarations ?? []
  return declaration && 'params' in declaration.node ? declaration.node : undefined
}

/** Whether a value is what the function with the callback returns, or is waited for and kept. */
function isAnswer(value: Placed, owner: Node | undefined): boolean {
  let at = value
  for (let parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    const { node } = parent
    if (node.type === 'AwaitExpression') return !isDropped(parent)
    if (isReturn(node, at.node)) {
      const returning = functionAround(parent)
      if (!owner || !returning || returning.node === owner) return true
      const passed = answerOf(returning)
      return passed ? isAnswer(passed, owner) : false
    }
    if (!isTransparent(node)) return false
  }
  return false
}

/** What has the value that a function within another returns: `ready.then(() => …)`, or its call. */
function answerOf(returning: Placed): Placed | undefined {
  const at = beyondTransparent(returning)
  const parent = parentOf(at)
  if (parent?.node.type !== 'CallExpression') return undefined
  const { callee } = parent.node
  if (callee === at.node) return parent
  const isThen = propertyName(callee) === 'then' || propertyName(callee) === 'catch'
  return isThen ? beyondCatch(parent) : undefined
}

/** With `.catch(…)` and `.finally(…)` behind it, which leave an answer as it is. */
function beyondCatch(promise: Placed): Placed {
  const member = parentOf(promise)
  const name = member && propertyName(member.node)
  const call = member && parentOf(member)
  if ((name !== 'catch' && name !== 'finally') || call?.node.type !== 'CallExpression') {
    return promise
  }
  return beyondCatch(call)
}

function isDropped(value: Placed): boolean {
  const parent = parentOf(value)
  if (parent?.node.type === 'ParenthesizedExpression') return isDropped(parent)
  const isVoid = parent?.node.type === 'UnaryExpression' && parent.node.operator === 'void'
  return isVoid || parent?.node.type === 'ExpressionStatement'
}
