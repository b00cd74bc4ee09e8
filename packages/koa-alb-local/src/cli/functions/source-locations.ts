import { readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
}

/** What stands for each of these in a module that is a part of a bundle. */
export const locationNames: Readonly<Record<string, string>> = {
  'import.meta.url': '__sourceUrl',
  'import.meta.filename': '__sourceFile',
  'import.meta.dirname': '__sourceFolder',
  __filename: '__sourceFile',
  __dirname: '__sourceFolder',
}

const usesLocation = /\bimport\.meta\b|\b__(?:file|dir)name\b/

/**
 * Has `import.meta.url` and `__dirname` name the source files. In one line with the first one of the
 * source, so that line numbers stay; columns of that line do not, so only where it is needed.
 */
export const sourceLocations: Plugin = {
  name: 'source-locations',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (!usesLocation.test(source)) return undefined
      const constants = [
        `__sourceUrl = ${JSON.stringify(pathToFileURL(path).href)}`,
        `__sourceFile = ${JSON.stringify(path)}`,
        `__sourceFolder = ${JSON.stringify(dirname(path))}`,
      ]
      const contents = `const ${constants.join(', ')}; ${source.replace(/^#!.*/, '')}`
      return { contents, loader: loaders[extname(path)] ?? 'js' }
    })
  },
}
