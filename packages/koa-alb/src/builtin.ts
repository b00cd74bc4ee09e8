import type { Module as NodeModule } from 'node:module'

const Module = process.getBuiltinModule('node:module') as unknown as typeof NodeModule
const own = new Module('koa-alb')

/**
 * Node's own modules as a `require` of the app gives them: an agent that hooks `require` (dd-trace)
 * sees what is asked of it; `process.getBuiltinModule` is behind its hooks. To `import` node:http
 * evaluates its every export, those of undici among them: 15 to 70 ms of a cold start (Node 22 to
 * 26, measured). `createRequire` would take 0.2 ms of it, and this as good as none.
 */
export function requireBuiltin(id: string): unknown {
  return own.require(id)
}
