import type { CallExpression, Node, VariableDeclarator } from '@babel/types'
import { type Placed, parentOf, placedBelow, propertyName, stringOf } from './nodes.ts'
import type { Binding, Names } from './scopes.ts'

/** A place where something of a module is used. */
export interface Access {
  /** The export that it is: `default`, a name, or `*` for the module itself. */
  readonly imported: string
  readonly node: Node
  readonly ancestors: readonly Node[]
}

/** A place where a module is loaded. */
export interface ModuleImport {
  readonly module: string
  readonly literal: Node
  readonly form: Form
  readonly accesses: readonly Access[]
}

export type Form =
  | { readonly kind: 'import'; readonly placed: Placed }
  | { readonly kind: 'import-equals'; readonly placed: Placed }
  /** `const … = require(…)`, `const … = await import(…)`, a member of it included. */
  | {
      readonly kind: 'declarator'
      readonly placed: Placed<VariableDeclarator>
      readonly load: Node
    }
  /** `require(…)` amid an expression. */
  | { readonly kind: 'inline'; readonly load: Node }
  /** What cannot be followed: a re-export, `jest.mock`, a name in an array … */
  | { readonly kind: 'unknown'; readonly placed: Placed; readonly reason: string }

/** Where the modules are loaded that are asked for, in the order of the text. */
export function importsIn(
  program: Node,
  names: Names,
  isModule: (module: string) => boolean,
): ModuleImport[] {
  const found: ModuleImport[] = []
  for (const placed of placedBelow(program)) {
    const { node } = placed
    const module = moduleNamed(node)
    if (module === undefined || !isModule(module)) continue
    found.push({ module, literal: node, ...readImport(placed, names) })
  }
  return found
}

function moduleNamed(node: Node): string | undefined {
  if (node.type !== 'TemplateLiteral') return stringOf(node)
  return node.quasis.length === 1 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined
}

function readImport(literal: Placed, names: Names): Pick<ModuleImport, 'form' | 'accesses'> {
  const placed = parentOf(literal)
  const unknown = (reason: string, at: Placed = literal) => ({
    form: { kind: 'unknown', placed: at, reason } as const,
    accesses: [],
  })
  if (!placed) return unknown('it stands alone')
  const { node } = placed
  if (node.type === 'ImportDeclaration') {
    if (node.specifiers.length === 0) return unknown('nothing of it is imported', placed)
    return { form: { kind: 'import', placed }, accesses: specifierAccesses(node, names) }
  }
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
    return unknown('it is handed on to other files, which are not followed', placed)
  }
  if (node.type === 'TSExternalModuleReference') {
    const statement = parentOf(placed)
    if (statement?.node.type !== 'TSImportEqualsDeclaration') return unknown('it stands alone')
    const accesses = accessesOf(bindingDeclaredBy(statement.node, names), '*')
    return { form: { kind: 'import-equals', placed: statement }, accesses }
  }
  const load = loadingExpression(placed, literal.node, names)
  if (load) return readLoad(load, names)
  return unknown('its name stands here, for another program to act on')
}

/** `require(…)` or `await import(…)` around the literal. */
function loadingExpression(placed: Placed, literal: Node, names: Names): Placed | undefined {
  const { node } = placed
  if (node.type !== 'CallExpression' || node.arguments[0] !== literal) return undefined
  if (isRequire(node, names)) return placed
  if (node.callee.type !== 'Import') return undefined
  const awaited = parentOf(placed)
  return awaited?.node.type === 'AwaitExpression' ? awaited : undefined
}

function isRequire({ callee, arguments: args }: CallExpression, names: Names): boolean {
  const isNamed = callee.type === 'Identifier' && callee.name === 'require'
  return isNamed && args.length === 1 && !names.isDeclared('require')
}

function readLoad(load: Placed, names: Names): Pick<ModuleImport, 'form' | 'accesses'> {
  const access = memberAccess({ ...load, imported: '*' })
  const declarator = parentOf(access)
  if (declarator?.node.type !== 'VariableDeclarator') {
    return { form: { kind: 'inline', load: load.node }, accesses: [access] }
  }
  const { node, ancestors } = declarator
  const form: Form = { kind: 'declarator', placed: { node, ancestors }, load: load.node }
  return { form, accesses: patternAccesses(node.id, access.imported, node, names, declarator) }
}

function patternAccesses(
  id: Node,
  imported: string,
  declarator: Node,
  names: Names,
  placed: Placed,
): Access[] {
  const bindings = names.bindings.filter(({ declarations }) =>
    declarations.some(({ node }) => node === declarator),
  )
  if (id.type === 'Identifier') return accessesOf(bindings[0], imported)
  const whole: Access = { imported: '*', ...placed }
  if (id.type !== 'ObjectPattern' || imported !== '*') return [whole]
  return id.properties.flatMap((property) => {
    const name = propertyName(property)
    if (property.type === 'RestElement' || name === undefined) return [whole]
    const { value } = property
    if (value.type !== 'Identifier') return [whole]
    return accessesOf(
      bindings.find((binding) => binding.name === value.name),
      name,
    )
  })
}

function specifierAccesses(
  { specifiers }: Node & { readonly specifiers: readonly Node[] },
  names: Names,
): Access[] {
  return specifiers.flatMap((specifier) =>
    accessesOf(bindingDeclaredBy(specifier, names), importedName(specifier)),
  )
}

export function importedName(specifier: Node): string {
  if (specifier.type !== 'ImportSpecifier') {
    return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*'
  }
  const { imported } = specifier
  return imported.type === 'Identifier' ? imported.name : imported.value
}

function bindingDeclaredBy(declaration: Node, names: Names): Binding | undefined {
  return names.bindings.find(({ declarations }) =>
    declarations.some(({ node }) => node === declaration),
  )
}

function accessesOf(binding: Binding | undefined, imported: string): Access[] {
  const references = binding?.references ?? []
  return references.map((reference) => memberAccess({ ...reference, imported }))
}

/** Of the module itself, which a default import may be, the member that is taken is what is used. */
function memberAccess(access: Access): Access {
  const parent = parentOf(access)
  if (!['*', 'default'].includes(access.imported) || !parent) return access
  const { node } = parent
  if (node.type === 'ParenthesizedExpression')
    return memberAccess({ ...parent, imported: access.imported })
  if (node.type === 'MemberExpression' && node.object === access.node) {
    const name = propertyName(node)
    return name === undefined ? access : { ...parent, imported: name }
  }
  if (node.type === 'TSQualifiedName' && node.left === access.node) {
    return { ...parent, imported: node.right.name }
  }
  return access
}

/** Whether it holds for the whole file. */
export function isOnTop({ form }: ModuleImport): boolean {
  if (form.kind === 'inline') return false
  const { ancestors } = form.placed
  const statement = form.kind === 'declarator' ? ancestors.at(-2) : ancestors.at(-1)
  return statement?.type === 'Program' || statement?.type === 'ExportNamedDeclaration'
}

/** What `albHandler` is called in a file that loads it already, for all of the file. */
export function loadedName(program: Node, names: Names): string | undefined {
  const loads = importsIn(program, names, (module) => module === 'koa-alb')
  const access = loads
    .filter(isOnTop)
    .flatMap(({ accesses }) => accesses)
    .find(({ imported, node }) => imported === 'albHandler' && node.type === 'Identifier')
  return access?.node.type === 'Identifier' ? access.node.name : undefined
}
