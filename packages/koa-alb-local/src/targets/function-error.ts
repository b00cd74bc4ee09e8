interface ErrorDocument {
  readonly errorType?: unknown
  readonly errorMessage?: unknown
  /** Lines of the stack, as runtime clients for Node call it. */
  readonly trace?: unknown
  /** The same in an answer of the Invoke API. */
  readonly stackTrace?: unknown
}

/**
 * What a function failed with: `name`, `message` and `stack` of the error in its process. A plain
 * `Error`, as another class would show in what `inspect` prints of it.
 */
export function functionError(name: string, message: string, stack?: string): Error {
  const error = new Error(message)
  Object.defineProperty(error, 'name', { value: name })
  error.stack = stack ?? `${name}: ${message}`
  return error
}

/** The error in an error document, as runtime clients and the Invoke API write it. */
export function toFunctionError(document: string): Error {
  const { errorType, errorMessage, trace, stackTrace } = parse(document)
  const lines = Array.isArray(trace) ? trace : stackTrace
  const type = typeof errorType === 'string' ? errorType : 'Unhandled'
  const message = typeof errorMessage === 'string' ? errorMessage : document
  const stack = Array.isArray(lines) && lines.length > 0 ? lines.join('\n') : undefined
  return functionError(type, message, stack)
}

function parse(document: string): ErrorDocument {
  try {
    const parsed: unknown = JSON.parse(document)
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}
