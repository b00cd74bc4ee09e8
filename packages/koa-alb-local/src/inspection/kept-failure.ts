import type { LogEntry } from '../log/log.ts'

type Failure = Pick<LogEntry, 'cause' | 'detail'>

// As much of a text as the inspector shows.
const mostCharacters = 65_536

/** The same failure without more text than anybody reads: it stays as long as its exchange. */
export function keptFailure({ detail, cause }: Failure): Failure {
  return {
    ...(detail !== undefined && { detail: shortened(detail) }),
    ...(cause !== undefined && { cause: keptCause(cause) }),
  }
}

function keptCause(cause: unknown): unknown {
  if (typeof cause === 'string') return shortened(cause)
  // Reading a property of what a function threw may throw itself.
  try {
    return cause instanceof Error ? keptError(cause) : cause
  } catch {
    return cause
  }
}

function keptError(error: Error): Error {
  const { name, message, stack = '' } = error
  if (message.length <= mostCharacters && stack.length <= 2 * mostCharacters) return error
  const kept = new Error(shortened(message))
  const code: unknown = Reflect.get(error, 'code')
  Object.defineProperties(kept, {
    name: { value: name },
    stack: { value: shortened(stack) },
    ...(code !== undefined && { code: { value: code, enumerable: true } }),
  })
  return kept
}

// A copy: a part of a text may keep all of it in memory.
function shortened(text: string): string {
  if (text.length <= mostCharacters) return text
  return `${Buffer.from(text.slice(0, mostCharacters), 'utf16le').toString('utf16le')}…`
}
