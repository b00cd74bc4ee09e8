import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'
import { metadataFile } from './tsconfig.ts'

/** Refuses what esbuild leaves out without a word: the types of decorated members. */
export const decoratorMetadata: Plugin = {
  name: 'decorator-metadata',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?tsx?$/, namespace: 'file' }, async ({ path }) => {
      const file = metadataFile(dirname(path))
      if (file === undefined || !hasDecorator(await readFile(path, 'utf8'))) return undefined
      const text = `${file} has emitDecoratorMetadata, which esbuild does not do: serve what tsc has built, dist/lambda.js instead of src/lambda.ts`
      return { errors: [{ text, location: { file: path } }] }
    })
  },
}

// A word after @ in the text of a comment is none.
function hasDecorator(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')
  return /(?:^|[\s({,;])@[A-Za-z_$][\w$.]*\s*\(/.test(code)
}
