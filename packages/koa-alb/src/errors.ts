import { inspect } from 'node:util'

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
  | 'ALB_ERR_RAW_SOCKET_WRITE'
  | 'ALB_ERR_RESPONSE_INCOMPLETE'
  | 'ALB_ERR_RESPONSE_TOO_LARGE'
  | 'ALB_ERR_TOO_MANY_COOKIES'

/**
 * Why an invocation was rejected: match on `code`; `cause` is the error behind it, if there is one.
 * The client gets the load balancer's 502 page, and the function's error metric counts it.
 */
export class AlbError extends Error {
  override readonly name = 'AlbError'
  readonly code: AlbErrorCode

  constructor(code: AlbErrorCode, message: string, options?: ErrorOptions) {
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
      ...(cause !== undefined && { cause: inspect(cause) }),
    }
  }
}
