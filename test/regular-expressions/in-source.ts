import { parse } from 'acorn'
import { transform } from 'esbuild'

/** A regular expression as it stands in a source file. */
export interface Found {
  readonly source: string
  readonly flags: string
}

export interface InSource {
  readonly expressions: readonly Found[]
  /** How many are made of what is known only when the code runs. */
  readonly composed: number
}

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

/** The regular expressions in TypeScript code. */
export async function regularExpressionsIn(code: string): Promise<InSource> {
  const { code: script } = await transform(code, { loader: 'ts', target: 'esnext' })
  const program = parse(script, { ecmaVersion: 'latest', sourceType: 'module' })
  const expressions: Found[] = []
  let composed = 0
  // An ESTree node is its type and named children.
  for (const node of nodesOf(program as unknown as Node)) {
    const literal = node.regex as { pattern: string; flags: string } | undefined
    if (literal) expressions.push({ source: literal.pattern, flags: literal.flags })
    if (!/^(?:New|Call)Expression$/.test(node.type) || !isNamed(node.callee, 'RegExp')) continue
    const [source, flags] = (node.arguments as Node[]).map(textOf)
    if (source === undefined) composed++
    else expressions.push({ source, flags: flags ?? '' })
  }
  return { expressions, composed }
}

function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesOf(child)
    }
  }
}

/** The text that an expression of nothing but literals stands for. */
function textOf(node: Node): string | undefined {
  if (typeof node.value === 'string') return node.value
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined
  const [left, right] = [textOf(node.left as Node), textOf(node.right as Node)]
  return left === undefined || right === undefined ? undefined : left + right
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.name === name
}

function isNode(value: unknown): value is Node {
  return typeof (value as { type?: unknown } | null)?.type === 'string'
}
