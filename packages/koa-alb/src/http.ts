import type * as Http from 'node:http'

// To import node:http evaluates its every export, those of undici among them: 40 ms of a cold start
// and more (Node 22 to 26, measured). To require it does not, and instrumentation that hooks
// require sees it. The base URL has no meaning for a module of Node's own.
const load = process.getBuiltinModule('node:module').createRequire('file:///')

export const { createServer, IncomingMessage, ServerResponse, STATUS_CODES } = load(
  'node:http',
) as typeof Http
