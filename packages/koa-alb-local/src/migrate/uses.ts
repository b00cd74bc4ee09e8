import type { Adapter, Remark } from './adapters/adapter.ts'
import { placedBelow, propertyName, textOf } from './source/nodes.ts'
import type { SourceFile } from './source/source-file.ts'

/** Where an app asks a request for the event, in a way that koa-alb does not have. */
export function usesIn({ ast, text }: SourceFile, adapters: readonly Adapter[]): Remark[] {
  const uses = adapters.flatMap((adapter) => adapter.uses)
  const found = new Map<number, Remark>()
  for (const { node } of placedBelow(ast.program)) {
    if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') continue
    const name = propertyName(node)
    const object = textOf(text, node.object).replace(/\?$/, '')
    const use = uses.find(({ member, of }) => member === name && of.test(object))
    if (!use) continue
    const message = `${name} is of the adapter that goes: take ${use.instead(object)}, of koa-alb`
    found.set(node.start ?? 0, { node, message })
  }
  return [...found.values()]
}

/** Whether a text can have one of them at all. */
export function mayUse(text: string, adapters: readonly Adapter[]): boolean {
  return adapters.some(({ uses }) => uses.some(({ member }) => text.includes(`.${member}`)))
}
