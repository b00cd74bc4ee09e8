import { METHODS, STATUS_CODES } from './http.ts'
import type { AlbResult } from './types.ts'

/** CONNECT is no request to an app: a server without a listener for it closes the connection. */
const methods = new Set(METHODS.filter((method) => method !== 'CONNECT'))

/** How the target begins: a path, or a scheme with whatever stands for an authority before it. */
const ORIGIN = /^(?:[/*]|[A-Za-z]+:\/\/(?:[A-Za-z\d\-_.!~*'()%;:&=+$,[\]]|@(?!@))*(?:[/?]|$))/

/** A byte from 0x80 on, which Node's parser refuses, is a mistake that load balancers forgive. */
const URI = /^[\x21-\x7e\x80-\xff]+$/

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/

/** Whether Node's parser knows the method and gives it to apps. */
export function isMethod(method: string): boolean {
  return methods.has(method)
}

/** Whether Node's parser takes the target, one character per byte. */
export function isTarget(target: string): boolean {
  return URI.test(target) && ORIGIN.test(target)
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
  const head = { statusCode, statusDescription: `${statusCode} ${STATUS_CODES[statusCode]}` }
  const body = { body: '', isBase64Encoded: false }
  return { ...head, ...(multiValueHeaders ? { multiValueHeaders: {} } : { headers: {} }), ...body }
}
