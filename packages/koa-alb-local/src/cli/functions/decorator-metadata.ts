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
  const code = withoutBlockComments(source).replace(/(?<!:)\/\/.*/g, '')
  return /(?:^|[\s({,;])@[A-Za-z_$][\w$.]*\s*\(/.test(code)
}

function withoutBlockComments(source: string): string {
  const [before = '', ...parts] = source.split('/*')
  const rest = parts.map((part) => {
    const end = part.indexOf('*/')
    return end < 0 ? '' : part.slice(end + 2)
  })
  return [before, ...rest].join(' ')
}
