import type * as Http from 'node:http'

// To import node:http evaluates its every export, those of undici among them: 40 ms of a cold start
// and more (Node 22 to 26, measured). To ask for it does not, and is a millisecond faster than a
// `require` of one's own; instrumentation that hooks require hooks this as well.
export const { createServer, IncomingMessage, METHODS, ServerResponse, STATUS_CODES } =
  process.getBuiltinModule('node:http') as typeof Http
