interface ErrorDocument {
  readonly errorType?: unknown
  readonly errorMessage?: unknown
  /** Lines of the stack, as runtime clients for Node call it. */
  readonly trace?: unknown
  /** The same in an answer of the Invoke API. */
  readonly stackTrace?: unknown
  /** Of our own client. */
  readonly details?: unknown
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

/** Name and message of whatever was thrown. */
export function headlineOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return `${typeof thrown} that cannot be shown`
  }
}

/** The error in an error document, as runtime clients and the Invoke API write it. */
export function toFunctionError(document: string): Error {
  return errorFrom(parse(document), document)
}

function errorFrom(document: ErrorDocument, text: string): Error {
  const { errorType, errorMessage, trace, stackTrace, details } = document
  const lines = Array.isArray(trace) ? trace : stackTrace
  const type = typeof errorType === 'string' ? errorType : 'Unhandled'
  const message = typeof errorMessage === 'string' ? errorMessage : text
  const stack = Array.isArray(lines) && lines.length > 0 ? lines.join('\n') : undefined
  const error = functionError(type, message, stack)
  const { properties, cause, errors } = objectOf(details) as Details
  for (const [name, value] of Object.entries(objectOf(properties))) define(error, name, value, true)
  if (cause !== undefined) define(error, 'cause', errorFrom(objectOf(cause), ''), false)
  if (Array.isArray(errors)) {
    const each = errors.map((one) => errorFrom(objectOf(one), ''))
    define(error, 'errors', each, false)
  }
  return error
}

interface Details {
  readonly properties?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
}

// As properties of their own, whatever their names.
function define(error: Error, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, name, { value, enumerable, configurable: true, writable: true })
}

function parse(document: string): ErrorDocument {
  try {
    return objectOf(JSON.parse(document))
  } catch {
    return {}
  }
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
