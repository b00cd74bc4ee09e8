import { existsSync } from 'node:fs'
import { isAbsolute, join, parse, relative, resolve } from 'node:path'

/** The exported function to call: Lambda's own notation, or the file by its full name. */
export type HandlerName = string | { readonly file: string; readonly export: string }

/** What Lambda tries after the name without an extension, in this order. */
const extensions = ['.js', '.mjs', '.cjs']

/**
 * The handler in Lambda's notation: `dist/lambda.handler` for the export `handler` of
 * `dist/lambda.js`, `.mjs` or `.cjs`.
 * @throws TypeError when Lambda could not name it, or would take another file
 */
export function toHandlerName(handler: HandlerName, taskRoot: string): string {
  if (typeof handler === 'string') return checkedName(handler)
  const path = resolve(taskRoot, handler.file)
  const { dir, name, ext } = parse(path)
  if (!extensions.includes(ext)) {
    throw new TypeError(`handler.file must end in ${extensions.join(', ')}, got ${handler.file}`)
  }
  if (name.includes('.')) {
    throw new TypeError(
      `Lambda cannot name ${handler.file}: it takes the first dot of a file name for the end of it; ${name.replaceAll('.', '-')}${ext} would do`,
    )
  }
  const other = ['', ...extensions.slice(0, extensions.indexOf(ext))]
    .map((earlier) => join(dir, name + earlier))
    .find((candidate) => existsSync(candidate))
  if (other) throw new TypeError(`Lambda would load ${other} instead of ${handler.file}`)
  return `${inTaskRoot(join(dir, name), taskRoot)}.${handler.export}`
}

function inTaskRoot(path: string, taskRoot: string): string {
  const inside = relative(taskRoot, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside
}

function checkedName(handler: string): string {
  const { dir, base, ext } = parse(handler)
  const [name, ...exported] = base.split('.')
  if (!name || exported.length === 0 || handler.includes('..')) {
    throw new TypeError(
      `handler must be a path without extension, a dot and the name of an export, such as 'dist/lambda.handler'; got '${handler}'`,
    )
  }
  if (/^\.[cm]?[jt]s$/.test(ext)) {
    throw new TypeError(
      `handler '${handler}' is a file: write '${join(dir, name)}.handler' or { file: '${handler}', export: 'handler' }`,
    )
  }
  return handler
}
