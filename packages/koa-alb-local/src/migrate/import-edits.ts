import type { Node } from '@babel/types'
import { Undecided } from './adapters/adapter.ts'
import { type Edit, lineEndOf, removal } from './source/edits.ts'
import type { ModuleImport } from './source/imports.ts'
import { endOf, parentOf, startOf, textOf } from './source/nodes.ts'

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
  const inner = [...others, first].find(({ form }) => !isOnTop(form))
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

/** Whether it holds for the whole file. */
function isOnTop(form: ModuleImport['form']): boolean {
  if (form.kind === 'inline') return false
  const { ancestors } = form.placed
  const statement = form.kind === 'declarator' ? ancestors.at(-2) : ancestors.at(-1)
  return statement?.type === 'Program' || statement?.type === 'ExportNamedDeclaration'
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
  const module = { start: startOf(literal), end: endOf(literal), text: quoted(main.module) }
  if (form.kind === 'import') {
    const { node } = form.placed
    const semicolon = textOf(text, node).endsWith(';') ? ';' : ''
    const line = ({ name, module: from }: Needed): string =>
      `import { ${name} } from ${quoted(from)}${semicolon}`
    const before = linesBefore(node, more.map(line), text)
    return [...before, specifierEdit(node, main.name, text), module]
  }
  if (form.kind === 'import-equals') {
    const { node } = form.placed
    if (node.type !== 'TSImportEqualsDeclaration' || more.length > 0) {
      throw new Undecided(node, 'this way of loading it is not known for what is needed besides')
    }
    return [{ start: startOf(node.id), end: endOf(node.id), text: equalsName }, module]
  }
  if (form.kind !== 'declarator') return []
  const { node, ancestors } = form.placed
  const load = textOf(text, form.load)
  const offset = startOf(literal) - startOf(form.load)
  const rest = load.slice(offset + endOf(literal) - startOf(literal))
  const loading = (from: string): string => load.slice(0, offset) + quoted(from) + rest
  const declaration = ancestors.at(-1)
  const declared = more.map(({ name, module: from }) => `{ ${name} } = ${loading(from)}`)
  const isOne = declaration?.type === 'VariableDeclaration' && declaration.declarations.length === 1
  const before = isOne
    ? linesBefore(
        declaration,
        declared.map(
          (each) =>
            `${declaration.kind} ${each}${textOf(text, declaration).endsWith(';') ? ';' : ''}`,
        ),
        text,
      )
    : declared.map((each) => ({ start: startOf(node), end: startOf(node), text: `${each}, ` }))
  const initEnd = node.init ? endOf(node.init) : endOf(form.load)
  const whole = { start: startOf(node.init ?? form.load), end: initEnd, text: loading(main.module) }
  return [...before, patternEdit(node.id, main.name), whole]
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
