import type { InvocationOutcome, Target } from '../../targets/target.ts'
import { clearTimeout, setTimeout, uptimeMs } from '../../time/clock.ts'
import { LoadError } from './bundle.ts'
import type { LoadedFunction } from './function-settings.ts'
import { overlayDocument } from './overlay.ts'

export interface ReloadObserver {
  /** A fresh function answers from now on. */
  loaded(loaded: LoadedFunction): void
  /** The last good function, if there is one, stays. */
  failed(error: LoadError): void
  /** A fresh one takes long; the last good one, if there is one, answers meanwhile. */
  late(hasGood: boolean): void
}

// Editors and compilers write several files at once. And for 50 ms after a change of a file, chokidar
// keeps further ones of it to itself: only a build that starts later is sure to read the last one.
const settleMs = 75

/** How long requests wait for a fresh function when there is a good one. */
export const patienceMs = 3000

/**
 * @param current is given back where it is the same
 */
type Load = (signal: AbortSignal, current: LoadedFunction | undefined) => Promise<LoadedFunction>

/**
 * A function that can be replaced by a fresh one: what is under way finishes on the old one, what
 * arrives waits for the new one, though not for long. When there cannot be a new one, the last good one
 * goes on, and browsers that ask for a page see the reason. A start that a further change makes
 * unwanted is ended at once.
 */
export class ReloadingTarget implements Target {
  readonly #load: Load
  readonly #observer: ReloadObserver
  #current: LoadedFunction | undefined
  #failure: LoadError | undefined
  #reloading: Promise<void> | undefined
  #isStale = false
  #isForced = true
  #isLate = false
  #isClosed = false
  #start = new AbortController()
  #waiting: (() => void)[] = []
  readonly #closing = new Set<Promise<void>>()

  constructor(load: Load, observer: ReloadObserver) {
    this.#load = load
    this.#observer = observer
  }

  get isBroken(): boolean {
    return this.#failure !== undefined
  }

  async invoke(event: string, invocation: { requestId: string }): Promise<InvocationOutcome> {
    const askedAt = uptimeMs()
    while (this.#reloading && !this.#isLate) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    const queuedMs = uptimeMs() - askedAt
    if (this.#failure) {
      const document = overlayDocument(event, this.#failure.message)
      if (document) return { payload: document }
    }
    if (this.#current) {
      const outcome = await this.#current.target.invoke(event, invocation)
      if (queuedMs < 1) return outcome
      return { ...outcome, queuedMs: queuedMs + (outcome.queuedMs ?? 0) }
    }
    const detail = this.#failure?.message ?? 'the function has not been loaded'
    return { errorReason: 'LambdaUnhandled', detail }
  }

  /** Loads the function for the first time. */
  start(): Promise<void> {
    return this.#reload(0)
  }

  /**
   * Replaces the function; what comes next waits.
   * @param isForced whether also by one that is the same
   */
  reload(isForced = true): void {
    this.#isForced = isForced
    this.#isStale = true
    this.#start.abort()
    if (this.#reloading) return
    void this.#reload(settleMs)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#start.abort()
    await this.#reloading
    if (this.#current) this.#retire(this.#current)
    await Promise.all(this.#closing)
  }

  #reload(delayMs: number): Promise<void> {
    this.#reloading = this.#loadUntilFresh(delayMs).finally(() => {
      this.#reloading = undefined
      this.#isLate = false
      this.#wake()
    })
    return this.#reloading
  }

  async #loadUntilFresh(delayMs: number): Promise<void> {
    let settleFor = delayMs
    do {
      if (settleFor > 0) await new Promise((resolve) => setTimeout(resolve, settleFor))
      settleFor = settleMs
      this.#isStale = false
      const next = await this.#attempt()
      if (next instanceof LoadError) this.#fail(next)
      else if (next === this.#current) this.#keep(next)
      else if (this.#isStale || this.#isClosed) this.#retire(next)
      else this.#replaceBy(next)
    } while (this.#isStale && !this.#isClosed)
  }

  async #attempt(): Promise<LoadedFunction | LoadError> {
    this.#start = new AbortController()
    this.#isLate = false
    const timer = setTimeout(() => this.#notice(), patienceMs)
    const same = this.#isForced ? undefined : this.#current
    const next = await this.#load(this.#start.signal, same).catch(toLoadError)
    clearTimeout(timer)
    return next
  }

  #notice(): void {
    this.#isLate = this.#current !== undefined
    this.#observer.late(this.#isLate)
    if (this.#isLate) this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }

  #fail(error: LoadError): void {
    // Half of a change; the rest of it is there now.
    if (this.#isStale || this.#isClosed) return
    this.#failure = error
    this.#observer.failed(error)
  }

  #keep(current: LoadedFunction): void {
    if (!this.#failure) return
    this.#failure = undefined
    this.#observer.loaded(current)
  }

  #replaceBy(next: LoadedFunction): void {
    if (this.#current) this.#retire(this.#current)
    this.#current = next
    this.#failure = undefined
    this.#observer.loaded(next)
  }

  #retire(loaded: LoadedFunction): void {
    const closing = loaded.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}

function toLoadError(error: unknown): LoadError {
  if (error instanceof LoadError) return error
  return new LoadError(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
