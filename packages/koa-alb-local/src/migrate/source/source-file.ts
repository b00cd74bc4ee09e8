import { type ParserPlugin, parse } from '@babel/parser'
import type { File } from '@babel/types'

/** A file of JavaScript or TypeScript, parsed. */
export interface SourceFile {
  /** Below the folder, with slashes. */
  readonly path: string
  readonly text: string
  readonly ast: File
}

/** The text is no JavaScript or TypeScript. */
export class UnreadableSource extends Error {
  override readonly name = 'UnreadableSource'
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

// The older decorators may stand before parameters, the newer ones behind `export`.
const decorators: readonly ParserPlugin[][] = [
  ['decorators-legacy'],
  ['decorators', 'decoratorAutoAccessors'],
]

/** @throws UnreadableSource */
export function parseSource(path: string, text: string): SourceFile {
  let first: UnreadableSource | undefined
  for (const plugins of decorators) {
    try {
      return { path, text, ast: parsed(text, [...languageOf(path), ...plugins]) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      // What the parser throws says where.
      const { pos = 0 } = error as SyntaxError & { readonly pos?: number }
      first ??= new UnreadableSource(error.message.replace(/ \(\d+:\d+\)$/, ''), pos)
    }
  }
  throw first
}

function parsed(text: string, plugins: ParserPlugin[]): File {
  return parse(text, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowUndeclaredExports: true,
    createParenthesizedExpressions: true,
    plugins,
  })
}

function languageOf(path: string): ParserPlugin[] {
  if (/\.[cm]?ts$/.test(path)) return ['typescript']
  return path.endsWith('.tsx') ? ['typescript', 'jsx'] : ['jsx']
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
