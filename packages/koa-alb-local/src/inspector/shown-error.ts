import { shownError } from '../log/printable.ts'

/** Whatever was thrown, for the page. */
export interface ShownError {
  readonly name: string
  readonly message: string
  /** Such as `ALB_ERR_DEADLINE_EXCEEDED`. */
  readonly code?: string
  /** As it is printed, stack and causes included. */
  readonly text: string
}

const mostCharacters = 65_536

/** The beginning of what a function has said of an error. */
export function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
}

export function toShownError(error: unknown): ShownError {
  const text = shortened(shownError(error))
  if (!(error instanceof Error)) return { name: typeof error, message: text, text }
  const code = ownText(error, 'code')
  return { name: error.name, message: shortened(error.message), ...(code && { code }), text }
}

// Reading a property of what a function threw may throw itself.
function ownText(error: object, name: string): string | undefined {
  try {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
