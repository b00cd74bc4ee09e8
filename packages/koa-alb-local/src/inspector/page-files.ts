import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const names: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/page.css': 'page.css',
  '/page.js': 'page.js',
  '/icon.svg': 'icon.svg',
}

/** A file of the page, with its type; undefined when there is none of that path. */
export async function pageFile(path: string): Promise<{ bytes: Buffer; type: string } | undefined> {
  const name = Object.hasOwn(names, path) ? names[path] : undefined
  if (name === undefined) return undefined
  const bytes = await readFile(new URL(`../../inspector/${name}`, import.meta.url))
  return { bytes, type: types[extname(name)] ?? 'application/octet-stream' }
}
