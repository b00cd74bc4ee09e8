import { inspect } from 'node:util'

/** An error as the load balancer is told of it; what is not there was not there, or could not be read. */
export interface ErrorDocument {
  readonly errorType: string
  readonly errorMessage: string
  /** Lines of the stack. */
  readonly trace: readonly string[]
  /** Not of the Runtime API: what Lambda's client writes to the log only. */
  readonly details?: {
    /** Own properties, `code` for one. */
    readonly properties: Readonly<Record<string, unknown>>
    readonly cause?: ErrorDocument
    readonly errors?: readonly ErrorDocument[]
  }
}

const mostCharacters = 20_000
const mostLines = 100
const mostProperties = 30
const deepest = 8
const notOwn = new Set(['name', 'message', 'stack', 'cause', 'errors'])
const ownFolder = new URL('.', import.meta.url).href

/** Whatever was thrown: what it refuses to tell is left out, what is too long is cut. */
export function errorDocument(thrown: unknown, depth = 0): ErrorDocument {
  if (!isError(thrown)) {
    return { errorType: typeof thrown, errorMessage: text(thrown), trace: [] }
  }
  const stack = read(thrown, 'stack')
  return {
    errorType: text(read(thrown, 'name') ?? 'Error'),
    errorMessage: text(read(thrown, 'message') ?? ''),
    trace: typeof stack === 'string' ? linesOf(stack) : [],
    details: {
      properties: propertiesOf(thrown),
      ...(depth < deepest && inner(thrown, depth + 1)),
    },
  }
}

/** What Lambda's client writes of it after `Invoke Error` or `Init Error`. */
export function loggedError({ errorType, errorMessage, trace, details }: ErrorDocument): object {
  const { properties, cause, errors } = details ?? {}
  return {
    errorType,
    errorMessage,
    ...properties,
    ...(cause && { cause: loggedError(cause) }),
    ...(errors && { errors: errors.map(loggedError) }),
    stack: trace,
  }
}

function inner(error: object, depth: number): object {
  const cause = read(error, 'cause')
  const errors = read(error, 'errors')
  return {
    ...(cause !== undefined && cause !== null && { cause: errorDocument(cause, depth) }),
    ...(Array.isArray(errors) && {
      errors: errors.slice(0, deepest - depth).map((each) => errorDocument(each, depth)),
    }),
  }
}

/** Of frames only those that are not ours: whose code failed is seen at once. */
function linesOf(stack: string): string[] {
  const lines = cut(stack).split('\n', mostLines)
  return lines.filter((line) => !line.includes(ownFolder))
}

function propertiesOf(error: object): Record<string, unknown> {
  const names = attempt(() => Object.keys(error)) ?? []
  const code = read(error, 'code')
  const own = names.filter((name) => !notOwn.has(name)).slice(0, mostProperties)
  const properties = own.map((name) => [cut(name), shown(read(error, name))] as const)
  return Object.fromEntries([...(code === undefined ? [] : [['code', shown(code)]]), ...properties])
}

/** As JSON has it; in words what JSON cannot have, or what takes too much of it. */
function shown(value: unknown): unknown {
  const json = attempt(() => JSON.stringify(value))
  if (json !== undefined && json.length <= mostCharacters) return JSON.parse(json)
  return text(value)
}

function text(value: unknown): string {
  if (typeof value === 'string') return cut(value)
  const options = { depth: 1, maxArrayLength: 10, maxStringLength: 300, breakLength: 200 }
  return cut(attempt(() => inspect(value, options)) ?? `${typeof value} that cannot be shown`)
}

function isError(value: unknown): value is Error {
  return attempt(() => value instanceof Error) ?? false
}

function read(from: object, name: string): unknown {
  return attempt(() => Reflect.get(from, name))
}

function cut(value: string): string {
  return value.length <= mostCharacters ? value : `${value.slice(0, mostCharacters)}…`
}

/** Getters and methods of what was thrown may throw. */
function attempt<Value>(get: () => Value): Value | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}
