import type { Node, VariableDeclarator } from '@babel/types'
import { Undecided } from './adapters/adapter.ts'
import { type Edit, lineEndOf, removal } from './source/edits.ts'
import { isOnTop, type ModuleImport } from './source/imports.ts'
import { endOf, type Placed, parentOf, startOf, textOf } from './source/nodes.ts'

/** What of a module the file needs now, as it stands between braces. */
export interface Needed {
  readonly module: string
  readonly name: string
}

/**
 * The edits that load what is needed where the adapter was loaded.
 * @throws Undecided
 */
export function importEdits(
  imports: readonly ModuleImport[],
  needed: readonly Needed[],
  text: string,
): Edit[] {
  const declared = imports.filter(({ form }) => form.kind !== 'inline')
  const first = declared.find(({ form }) => !isOfTypes(form)) ?? declared[0]
  if (!first) return []
  const others = declared.filter((each) => each !== first)
  const inner = [...others, first].find((each) => !isOnTop(each))
  if (inner && others.length > 0) {
    throw new Undecided(inner.literal, 'it is loaded in several places')
  }
  if (isOfTypes(first.form)) throw new Undecided(first.literal, 'its types alone are loaded here')
  const replaced =
    needed.length === 0 ? [removed(first, text)] : replacedImport(first, needed, text)
  return [...replaced, ...others.map((each) => removed(each, text))]
}

function isOfTypes(form: ModuleImport['form']): boolean {
  if (form.kind !== 'import') return false
  const { node } = form.placed
  return node.type === 'ImportDeclaration' && node.importKind === 'type'
}

function replacedImport(
  { form, literal }: ModuleImport,
  needed: readonly Needed[],
  text: string,
): Edit[] {
  const [main, ...more] = needed.toReversed()
  if (!main) return []
  const quoted = (module: string): string => {
    const quote = text[startOf(literal)]
    return `${quote}${module}${quote}`
  }
  if (form.kind === 'declarator') {
    const load = textOf(text, form.load)
    const offset = startOf(literal) - startOf(form.load)
    const rest = load.slice(offset + endOf(literal) - startOf(literal))
    const loading = (module: string): string => load.slice(0, offset) + quoted(module) + rest
    return replacedDeclarator(form.placed, { main, more, loading }, text)
  }
  if (form.kind !== 'import' && form.kind !== 'import-equals') return []
  const { node } = form.placed
  const module = { start: startOf(literal), end: endOf(literal), text: quoted(main.module) }
  if (node.type !== 'TSImportEqualsDeclaration') {
    const line = (each: Needed): string =>
      `import { ${each.name} } from ${quoted(each.module)}${semicolonOf(node, text)}`
    const before = linesBefore(node, more.map(line), text)
    return [...before, specifierEdit(node, main.name, text), module]
  }
  if (more.length > 0) {
    throw new Undecided(node, 'this way of loading it is not known for what is needed besides')
  }
  return [{ start: startOf(node.id), end: endOf(node.id), text: equalsName }, module]
}

interface Replacement {
  readonly main: Needed
  readonly more: readonly Needed[]
  /** The expression that loads a module as the adapter was loaded. */
  loading(module: string): string
}

function replacedDeclarator(
  { node, ancestors }: Placed<VariableDeclarator>,
  { main, more, loading }: Replacement,
  text: string,
): Edit[] {
  const start = startOf(node)
  const declaration = ancestors.at(-1)
  const added = more.map(({ name, module }) => `{ ${name} } = ${loading(module)}`)
  const isOne = declaration?.type === 'VariableDeclaration' && declaration.declarations.length === 1
  const before = isOne
    ? linesBefore(
        declaration,
        added.map((each) => `${declaration.kind} ${each}${semicolonOf(declaration, text)}`),
        text,
      )
    : added.map((each) => ({ start, end: start, text: `${each}, ` }))
  if (!node.init) return before
  const init = { start: startOf(node.init), end: endOf(node.init), text: loading(main.module) }
  return [...before, patternEdit(node.id, main.name), init]
}

function semicolonOf(statement: Node, text: string): string {
  return textOf(text, statement).endsWith(';') ? ';' : ''
}

/** What the binding of `import … = require('koa-alb')` is called: that form has no names. */
export const equalsName = 'koaAlb'

function linesBefore(node: Node, lines: readonly string[], text: string): Edit[] {
  const start = startOf(node)
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const indent = /^[ \t]*$/.test(before) ? before : ''
  return lines.map((line) => ({ start, end: start, text: line + lineEndOf(text) + indent }))
}

function specifierEdit(node: Node, name: string, text: string): Edit {
  const specifiers: readonly Node[] = node.type === 'ImportDeclaration' ? node.specifiers : []
  const [first, ...others] = specifiers
  if (!first) throw new Undecided(node, 'nothing of it is imported')
  const isNamed = first.type === 'ImportSpecifier'
  if (others.length === 0) {
    return { start: startOf(first), end: endOf(first), text: isNamed ? name : `{ ${name} }` }
  }
  if (isNamed) {
    return { start: startOf(first), end: endOf(others.at(-1) ?? first), text: name }
  }
  // A default and names: the braces end behind the last.
  const last = others.at(-1) ?? first
  const brace = last.type === 'ImportSpecifier' ? text.indexOf('}', endOf(last)) + 1 : endOf(last)
  return { start: startOf(first), end: brace, text: `{ ${name} }` }
}

function patternEdit(id: Node, name: string): Edit {
  if ('typeAnnotation' in id && id.typeAnnotation) {
    throw new Undecided(id, 'what is loaded has a type of its own here')
  }
  if (id.type !== 'ObjectPattern')
    return { start: startOf(id), end: endOf(id), text: `{ ${name} }` }
  const [first] = id.properties
  const last = id.properties.at(-1)
  if (!first || !last) throw new Undecided(id, 'nothing of it is taken')
  return { start: startOf(first), end: endOf(last), text: name }
}

function removed({ form }: ModuleImport, text: string): Edit {
  if (form.kind === 'import' || form.kind === 'import-equals') {
    return removal(text, startOf(form.placed.node), endOf(form.placed.node))
  }
  if (form.kind !== 'declarator') throw new Error('only what is declared can be removed')
  const declaration = parentOf(form.placed)?.node
  if (declaration?.type === 'VariableDeclaration' && declaration.declarations.length === 1) {
    return removal(text, startOf(declaration), endOf(declaration))
  }
  throw new Undecided(form.placed.node, 'it is loaded in one declaration with others')
}
