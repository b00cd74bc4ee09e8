import type { createRequire } from 'node:module'

/**
 * Node's own modules as a `require` of the app gives them: an agent that hooks `require` (dd-trace)
 * sees what is asked of it; `process.getBuiltinModule` is behind its hooks. To `import` node:http
 * evaluates its every export, those of undici among them: 15 to 70 ms of a cold start (Node 22 to
 * 26, measured); this is 0.3 to 0.5 ms where nothing was required before, as in the ESM build alone.
 */
export const requireBuiltin = (
  process.getBuiltinModule('node:module') as { createRequire: typeof createRequire }
).createRequire(process.execPath)
