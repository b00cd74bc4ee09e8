import { build } from 'esbuild'
import { LoadError } from './bundle.ts'

// What CommonJS requires of Node itself has no `require` in a module.
const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"

/**
 * Bundles a module with every package it imports, as functions are deployed.
 * @throws LoadError when one of them is not there
 */
export async function bundleWhole(file: string, outfile: string): Promise<void> {
  try {
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: banner },
      logLevel: 'silent',
    })
  } catch (cause) {
    const { errors = [] }: { errors?: readonly { readonly text: string }[] } = Object(cause)
    throw new LoadError(errors[0]?.text ?? String(cause), { cause })
  }
}
