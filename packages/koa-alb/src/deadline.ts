/** A deadline under way. */
export interface Deadline {
  stop(): void
}

/**
 * Calls once `timeoutMs` have passed. Most responses are complete before the event loop turns, and a
 * timer costs a tenth of a small exchange (measured), so it starts with the first turn.
 */
export function startDeadline(timeoutMs: number, onExpired: () => void): Deadline {
  const startMs = performance.now()
  let timer: NodeJS.Timeout | undefined
  const turn = setImmediate(() => {
    timer = setTimeout(onExpired, timeoutMs - (performance.now() - startMs))
  })
  return {
    stop() {
      clearImmediate(turn)
      clearTimeout(timer)
    },
  }
}
