import type { Identifier, JSXIdentifier, Node } from '@babel/types'
import { declaredNames, opensScope } from './declarations.ts'
import { childrenOf, type Placed } from './nodes.ts'

/** A name and everything in the file that means it. */
export interface Binding {
  readonly name: string
  /** Where it is declared: a specifier, a declarator, a parameter's function … */
  readonly declarations: Placed[]
  readonly references: Placed<Identifier | JSXIdentifier>[]
}

/** The names of a file: what means what. */
export interface Names {
  readonly bindings: readonly Binding[]
  /** What an identifier means; undefined for a global one. */
  bindingOf(identifier: Node): Binding | undefined
  /** Whether this name is declared anywhere. */
  isDeclared(name: string): boolean
}

type Scope = Map<string, Binding>

export function namesOf(program: Node): Names {
  const bindings: Binding[] = []
  const scopes = new Map<Node, Scope>()
  declare(program, [], scopes, bindings)
  const meanings = new Map<Node, Binding>()
  resolve(program, [], scopes, meanings)
  return {
    bindings,
    bindingOf: (identifier) => meanings.get(identifier),
    isDeclared: (name) => bindings.some((binding) => binding.name === name),
  }
}

function declare(
  node: Node,
  ancestors: readonly Node[],
  scopes: Map<Node, Scope>,
  bindings: Binding[],
): void {
  if (opensScope(node)) scopes.set(node, new Map())
  for (const { name, scope } of declaredNames(node, ancestors)) {
    const names = scopes.get(scope)
    if (!names) continue
    const known = names.get(name)
    if (known) known.declarations.push({ node, ancestors })
    else {
      const binding = { name, declarations: [{ node, ancestors }], references: [] }
      names.set(name, binding)
      bindings.push(binding)
    }
  }
  const inside = [...ancestors, node]
  for (const { child } of childrenOf(node)) declare(child, inside, scopes, bindings)
}

function resolve(
  node: Node,
  ancestors: readonly Node[],
  scopes: ReadonlyMap<Node, Scope>,
  meanings: Map<Node, Binding>,
): void {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') {
    const binding = nearest(node.name, ancestors, scopes)
    if (binding) {
      meanings.set(node, binding)
      if (!isDeclaredBy(binding, node, ancestors)) binding.references.push({ node, ancestors })
    }
  }
  const inside = [...ancestors, node]
  for (const { key, child } of childrenOf(node)) {
    if (!isLabel(node, key)) resolve(child, inside, scopes, meanings)
  }
}

function nearest(
  name: string,
  ancestors: readonly Node[],
  scopes: ReadonlyMap<Node, Scope>,
): Binding | undefined {
  for (const node of ancestors.toReversed()) {
    const binding = scopes.get(node)?.get(name)
    if (binding) return binding
  }
  return undefined
}

/** Whether the identifier is the place where the name is declared, not one where it is used. */
function isDeclaredBy(binding: Binding, node: Node, ancestors: readonly Node[]): boolean {
  return binding.declarations.some((declaration) => {
    const index = ancestors.indexOf(declaration.node)
    if (index < 0) return false
    const [below = node] = ancestors.slice(index + 1)
    return isPatternOf(declaration.node, below) && isInPattern(ancestors.slice(index + 1), node)
  })
}

function isPatternOf(declaration: Node, child: Node): boolean {
  switch (declaration.type) {
    case 'VariableDeclarator':
      return child === declaration.id
    case 'CatchClause':
      return child === declaration.param
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return child === declaration.local
    default: {
      const { id, params = [] } = declaration as { id?: Node | null; params?: readonly Node[] }
      return child === id || params.includes(child)
    }
  }
}

// A default of a pattern, a computed key and a type are no names that it declares.
function isInPattern(path: readonly Node[], node: Node): boolean {
  const nodes = [...path, node]
  return path.every((parent, index) => {
    const child = nodes[index + 1]
    if (parent.type === 'AssignmentPattern') return child === parent.left
    if (parent.type === 'ObjectProperty') return child === parent.value
    if (parent.type === 'TSParameterProperty') return child === parent.parameter
    return ['ObjectPattern', 'ArrayPattern', 'RestElement'].includes(parent.type)
  })
}

/** Whether what stands there is the name of a property or the like, and means nothing else. */
function isLabel(parent: Node, key: string): boolean {
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return key === 'property' && !parent.computed
    case 'ObjectProperty':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return key === 'key' && !parent.computed
    case 'ImportSpecifier':
      return key === 'imported'
    case 'ExportSpecifier':
      return key === 'exported'
    case 'TSQualifiedName':
      return key === 'right'
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key === 'label'
    case 'JSXAttribute':
      return key === 'name'
    case 'JSXMemberExpression':
      return key === 'property'
    case 'TSEnumMember':
      return key === 'id'
    case 'MetaProperty':
    case 'JSXNamespacedName':
    case 'TSIndexSignature':
      return true
    case 'TSFunctionType':
    case 'TSConstructorType':
      return key === 'parameters'
    default:
      return false
  }
}
