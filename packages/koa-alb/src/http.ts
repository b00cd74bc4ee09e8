import type * as Http from 'node:http'
import { requireBuiltin } from './builtin.ts'

export const {
  createServer,
  IncomingMessage,
  METHODS,
  OutgoingMessage,
  ServerResponse,
  STATUS_CODES,
} = requireBuiltin('node:http') as typeof Http
