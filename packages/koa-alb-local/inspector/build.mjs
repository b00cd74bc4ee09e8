// Bundles the inspector's page into dist/inspector: one script, no dependency left, no external asset.
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

mkdirSync(here('../dist/inspector'), { recursive: true })
await build({
  entryPoints: [here('page.tsx')],
  outfile: here('../dist/inspector/page.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
})
for (const name of ['index.html', 'page.css', 'icon.svg']) {
  copyFileSync(here(name), here(`../dist/inspector/${name}`))
}
