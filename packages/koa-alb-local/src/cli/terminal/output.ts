import type { Writable } from 'node:stream'

/** A stream of this process, which may be gone or full: what it does not take is lost, nothing ends. */
export class Output {
  readonly #stream: Writable
  readonly #onFailure: (error: Error) => void
  #isFailing = false
  #mayBeLeft = false
  #failure: Error | undefined
  #written: Promise<void> = Promise.resolve()

  /** The failure is told once, and again when lines got through meanwhile. */
  constructor(stream: Writable, onFailure: (error: Error) => void) {
    this.#stream = stream
    this.#onFailure = onFailure
    // Each write is told of its own failure.
    stream.on('error', () => {})
  }

  write(text: string): void {
    this.#written = new Promise((resolve) => {
      this.#stream.write(text, (error) => {
        resolve()
        if (error && this.#mayBeLeft && isReaderGone(error)) return
        if (error && !this.#isFailing) this.#onFailure(error)
        this.#isFailing = Boolean(error)
        this.#failure ??= error ?? undefined
      })
    })
  }

  /** From here on it is no failure when a reader goes: of a report, `head` has what it wants. */
  letReaderGo(): void {
    this.#mayBeLeft = true
  }

  /** Once the stream has taken everything or failed: the first failure. */
  async settled(): Promise<Error | undefined> {
    await this.#written
    return this.#failure
  }
}

function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET'
}

/** When this one is gone, nobody is left to be told. */
export const standardError = new Output(process.stderr, () => {})

export const standardOutput = new Output(process.stdout, ({ message }) =>
  standardError.write(
    `koa-alb-local: standard output cannot be written (${message}): what it does not take is lost\n`,
  ),
)
