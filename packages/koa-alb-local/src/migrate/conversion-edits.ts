import type { Node } from '@babel/types'
import { type Conversion, Undecided } from './adapters/adapter.ts'
import { type Edit, edited, findToken } from './source/edits.ts'
import type { ModuleImport } from './source/imports.ts'
import { endOf, startOf, textOf } from './source/nodes.ts'

interface Situation {
  readonly text: string
  readonly imports: readonly ModuleImport[]
  /** What is called instead, unless the module is loaded in the call. */
  readonly callee: string
  readonly isInline: boolean
}

/** The edits that make a call of koa-alb of the call of an adapter. */
export function conversionEdits(conversion: Conversion, situation: Situation): Edit[] {
  const { call, app, kept, around } = conversion
  const { text } = situation
  const callee = situation.isInline
    ? inlineCallee(conversion, situation, 'koa-alb')
    : situation.callee
  const wrap =
    around && situation.isInline
      ? inlineCallee(conversion, situation, around.module).replace(/\.\w+$/, `.${around.name}`)
      : around?.name
  const given = around ? `${wrap}(${withMember(app, around.member, text)})` : textOf(text, app)
  if (kept === 'app-alone') {
    const end = endOf(call.node)
    return [{ start: startOf(call.node), end, text: `${callee}(${given})` }]
  }
  const before = text.slice(endOf(call.node.callee), startOf(app))
  const open = before.slice(findToken(before, '(', typesEnd(conversion) - endOf(call.node.callee)))
  return [
    { start: startOf(call.node.callee), end: startOf(app), text: callee + open },
    { start: startOf(app), end: endOf(app), text: given },
    ...optionsEdit(conversion, text),
  ]
}

function typesEnd({ call }: Conversion): number {
  const { typeParameters, callee } = call.node
  return typeParameters ? endOf(typeParameters) : endOf(callee)
}

function optionsEdit({ call, app }: Conversion, text: string): Edit[] {
  const last = call.node.arguments.at(-1)
  if (!last || last === call.node.arguments[0]) return []
  return [{ start: findToken(text, ',', endOf(app)), end: endOf(last), text: '' }]
}

/** `require('koa-alb').albHandler`, loaded as the adapter was. */
function inlineCallee({ call }: Conversion, { text, imports }: Situation, module: string): string {
  const found = imports.find(
    ({ form }) =>
      form.kind === 'inline' &&
      startOf(call.node) <= startOf(form.load) &&
      endOf(form.load) <= endOf(call.node),
  )
  if (found?.form.kind !== 'inline') throw new Undecided(call.node, 'it is loaded elsewhere')
  const { load } = found.form
  const quote = text[startOf(found.literal)]
  const literal = {
    start: startOf(found.literal) - startOf(load),
    end: endOf(found.literal) - startOf(load),
  }
  const loading = edited(textOf(text, load), [{ ...literal, text: `${quote}${module}${quote}` }])
  return `${load.type === 'AwaitExpression' ? `(${loading})` : loading}.albHandler`
}

const simple = new Set(['Identifier', 'MemberExpression', 'CallExpression', 'ThisExpression'])

function withMember(node: Node, member: string, text: string): string {
  const written = textOf(text, node)
  return simple.has(node.type) ? `${written}.${member}` : `(${written}).${member}`
}
