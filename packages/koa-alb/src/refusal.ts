import { METHODS, STATUS_CODES } from './http.ts'
import type { AlbResult } from './types.ts'

/** How the target begins: a path, or a scheme with whatever stands for an authority before it. */
const ORIGIN = /^(?:[/*]|[A-Za-z]+:\/\/(?:[A-Za-z\d\-_.!~*'()%;:&=+$,[\]]|@(?!@))*(?:[/?]|$))/

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/

/**
 * Whether Node's parser knows the method and gives it to apps. CONNECT is no request to one: a server
 * without a listener for it closes the connection.
 */
export function isMethod(method: string): boolean {
  return method === 'GET' || (METHODS.includes(method) && method !== 'CONNECT')
}

/** Whether Node's parser takes the target, one character per byte. */
export function isTarget(target: string): boolean {
  if (target.includes(' ') || target.includes('\t')) return false
  return target[0] === '/' || ORIGIN.test(target)
}

/** Whether Node's parser takes the header value. */
export function isFieldValue(value: string): boolean {
  return !CONTROL.test(value)
}

/**
 * What Node's own server sends for a request that its parser refuses. Its `connection: close` is
 * for the load balancer, which keeps its own connection to the client.
 */
export function toRefusal(multiValueHeaders: boolean, statusCode: 400 | 431): AlbResult {
  return {
    statusCode,
    statusDescription: `${statusCode} ${STATUS_CODES[statusCode]}`,
    [multiValueHeaders ? 'multiValueHeaders' : 'headers']: {},
    body: '',
    isBase64Encoded: false,
  }
}
