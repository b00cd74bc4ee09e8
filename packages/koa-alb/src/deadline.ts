/** Whose time is limited. */
export interface DeadlineOwner {
  /** Milliseconds that are left; undefined when there is no limit. */
  remainingMs(): number | undefined
  /** The time is over: there were `timeoutMs`. */
  onDeadline(timeoutMs: number): void
}

/**
 * Tells its owner when the time is over. Most responses are complete before the event loop turns,
 * and a timer costs a tenth of a small exchange (measured), so it starts with the first turn.
 */
export class Deadline {
  readonly #owner: DeadlineOwner
  readonly #turn: NodeJS.Immediate
  #timer: NodeJS.Timeout | undefined

  constructor(owner: DeadlineOwner) {
    this.#owner = owner
    this.#turn = setImmediate(Deadline.#start, this)
  }

  stop(): void {
    clearImmediate(this.#turn)
    if (this.#timer) clearTimeout(this.#timer)
  }

  static #start(deadline: Deadline): void {
    const timeoutMs = deadline.#owner.remainingMs()
    if (timeoutMs === undefined) return
    deadline.#timer = setTimeout(Deadline.#expire, timeoutMs, deadline, timeoutMs)
  }

  static #expire(deadline: Deadline, timeoutMs: number): void {
    deadline.#owner.onDeadline(timeoutMs)
  }
}
