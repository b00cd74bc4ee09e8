import { outline } from './outline.ts'

/** Every code an {@link AlbError} can carry; docs/errors.md explains each. */
export type AlbErrorCode =
  | 'ALB_ERR_APP_UNAVAILABLE'
  | 'ALB_ERR_CONNECTION_LOST'
  | 'ALB_ERR_DEADLINE_EXCEEDED'
  | 'ALB_ERR_HEADERS_TOO_LARGE'
  | 'ALB_ERR_INVALID_EVENT'
  | 'ALB_ERR_INVALID_HEADER'
  | 'ALB_ERR_INVALID_RESULT'
  | 'ALB_ERR_INVALID_STATUS'
  | 'ALB_ERR_LISTENER_FAILED'
  | 'ALB_ERR_NOT_AN_ALB_EVENT'
  | 'ALB_ERR_NOT_AN_APP'
  | 'ALB_ERR_RAW_SOCKET_WRITE'
  | 'ALB_ERR_RESPONSE_INCOMPLETE'
  | 'ALB_ERR_RESPONSE_TOO_LARGE'
  | 'ALB_ERR_TOO_MANY_COOKIES'
  | 'ALB_ERR_UNSUPPORTED_NODE'

/** On the prototype of `AlbError` in every copy of this package. */
const BRAND = Symbol.for('koa-alb.AlbError')

/**
 * Why an invocation was rejected: match on `code`; `cause` is the error behind it, if there is one.
 * The client gets the load balancer's 502 page, and the function's error metric counts it.
 *
 * `instanceof AlbError` holds for the errors of every copy of this package in the process, be it
 * ESM, CommonJS or in a bundle.
 */
export class AlbError extends Error {
  override readonly name = 'AlbError'
  readonly code: AlbErrorCode
  // Where `lib` is older than es2022, Error has none.
  declare readonly cause?: unknown

  static {
    Object.defineProperty(this.prototype, BRAND, { value: true })
    // Not in the declarations, where TypeScript would narrow subclasses by it, too.
    Object.defineProperty(this, Symbol.hasInstance, { value: hasInstance })
  }

  // ErrorOptions is not in a `lib` older than es2022 either.
  constructor(code: AlbErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }

  /**
   * What Lambda's runtime client logs of the error. Left to itself it would log no `cause`, which
   * is not enumerable, and with it no reason.
   */
  toJSON(): object {
    const { name, message, code, stack, cause } = this
    return {
      errorType: name,
      errorMessage: message,
      code,
      stack: stack?.split('\n'),
      ...(cause !== undefined && { cause: outline(cause, 2) }),
    }
  }
}

/** By the prototypes as everywhere; for `AlbError` itself, by those of other copies as well. */
function hasInstance(this: unknown, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(this, value)) return true
  if (this !== AlbError || typeof value !== 'object' || value === null) return false
  // The prototype that has the brand is no instance itself.
  const prototype: unknown = Object.getPrototypeOf(value)
  return typeof prototype === 'object' && prototype !== null && BRAND in prototype
}
