import type { Server } from 'node:http'
import { frameFirst } from './framing.ts'

/** Node's own limit, for a server that has no other. */
const DEFAULT_LINES = 1_000

/** Node 20 shows an app the first of too many lines; later ones answer 431. */
const IS_REFUSED = !process.version.startsWith('v20.')

/** How many entries of `rawHeaders`, two for a line, a server takes: by its `maxHeadersCount`. */
export function headerLimit({ maxHeadersCount }: Server): number {
  // As Node has it: what is no number is the default, and anything below one is no limit.
  const limit = (typeof maxHeadersCount === 'number' ? maxHeadersCount : DEFAULT_LINES) << 1
  return limit > 0 ? limit : Number.POSITIVE_INFINITY
}

/** Fits the lines to what the server takes of them; false if it refuses so many. */
export function fitLines(server: Server, rawHeaders: string[]): boolean {
  if (rawHeaders.length <= headerLimit(server)) return true
  frameFirst(rawHeaders)
  return !IS_REFUSED
}
