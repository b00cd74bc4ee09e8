import type { Node } from '@babel/types'

interface Declared {
  readonly name: string
  /** The node that opens the scope the name is known in. */
  readonly scope: Node
}

export function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'ObjectMethod' ||
    node.type === 'ClassMethod' ||
    node.type === 'ClassPrivateMethod'
  )
}

const blocks = new Set([
  'Program',
  'BlockStatement',
  'StaticBlock',
  'SwitchStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'ClassExpression',
  'TSModuleBlock',
])

export function opensScope(node: Node): boolean {
  return isFunction(node) || blocks.has(node.type)
}

/** The names that a node declares, not those of nodes below it. */
export function declaredNames(node: Node, ancestors: readonly Node[]): Declared[] {
  switch (node.type) {
    case 'VariableDeclarator': {
      const declaration = ancestors.at(-1)
      const isVar = declaration?.type === 'VariableDeclaration' && declaration.kind === 'var'
      const scope = isVar ? functionScope(ancestors) : blockScope(ancestors)
      return scope ? namesIn(node.id).map((name) => ({ name, scope })) : []
    }
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return inScope([node.local.name], blockScope(ancestors))
    case 'FunctionDeclaration':
      return [
        ...inScope(node.id ? [node.id.name] : [], blockScope(ancestors)),
        ...parameterNames(node),
      ]
    case 'FunctionExpression':
      return [...inScope(node.id ? [node.id.name] : [], node), ...parameterNames(node)]
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return parameterNames(node)
    case 'ClassExpression':
      return inScope(node.id ? [node.id.name] : [], node)
    case 'CatchClause':
      return inScope(node.param ? namesIn(node.param) : [], node)
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSModuleDeclaration':
    case 'TSDeclareFunction':
      return inScope(node.id?.type === 'Identifier' ? [node.id.name] : [], blockScope(ancestors))
    default:
      return []
  }
}

function inScope(names: readonly string[], scope: Node | undefined): Declared[] {
  return scope ? names.map((name) => ({ name, scope })) : []
}

function parameterNames(node: Node & { readonly params: readonly Node[] }): Declared[] {
  return node.params.flatMap(namesIn).map((name) => ({ name, scope: node }))
}

function functionScope(ancestors: readonly Node[]): Node | undefined {
  return ancestors.findLast(
    (node) =>
      isFunction(node) ||
      node.type === 'Program' ||
      node.type === 'StaticBlock' ||
      node.type === 'TSModuleBlock',
  )
}

function blockScope(ancestors: readonly Node[]): Node | undefined {
  return ancestors.findLast(opensScope)
}

/** The names in a pattern. */
export function namesIn(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        namesIn(each.type === 'RestElement' ? each.argument : each.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? namesIn(each) : []))
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'TSParameterProperty':
      return namesIn(pattern.parameter)
    default:
      return []
  }
}
