/** The `code` of what the call throws; `null` if it does not throw, or throws something without one. */
export function codeOf(call: () => unknown): string | null {
  try {
    call()
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : null
  }
}
