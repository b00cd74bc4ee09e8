// npm test: every suite, or those that the arguments name (npm test -- packages/koa-alb).
import { statSync } from 'node:fs'
import { prepare } from './prepare.mjs'

prepare()
const [node, script, ...args] = process.argv
// A filter of Vitest is a part of a path: without the slash, packages/koa-alb is three packages.
const filters = args.map((arg) => (isFolder(arg) && !arg.endsWith('/') ? `${arg}/` : arg))
process.argv = [node, script, 'run', ...filters]
await import('../node_modules/vitest/vitest.mjs')

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
