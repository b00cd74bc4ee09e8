import type { ServerResponse } from 'node:http'
import type { Recorder } from '../inspection/recorder.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import { masked } from './secrets.ts'
import { toSummary } from './shown-exchange.ts'

const collectMs = 100
const mostWaitingBytes = 1_048_576

/** Tells pages which exchanges began or ended, ten times a second at most, and what else is new. */
export class LiveEvents {
  readonly #recorder: Recorder
  readonly #pages = new Set<ServerResponse>()
  readonly #news = new Set<number>()
  #timer: NodeJS.Timeout | undefined

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  open(response: ServerResponse): void {
    this.#pages.add(response)
    response.once('close', () => this.#pages.delete(response))
    response.write(': hello\n\n')
  }

  tell(id: number): void {
    if (this.#pages.size === 0) return
    this.#news.add(id)
    this.#timer ??= setTimeout(() => this.#send(), collectMs).unref()
  }

  /** Tells that the load balancer is another. */
  tellChange(): void {
    this.#write('event: load-balancer\ndata: {}\n\n')
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const page of this.#pages) page.destroy()
  }

  #send(): void {
    this.#timer = undefined
    const exchanges = [...this.#news]
      .map((id) => this.#recorder.exchange(id))
      .filter((exchange) => exchange !== undefined)
      .map((exchange) => toSummary(exchange, masked()))
    this.#news.clear()
    this.#write(`event: exchanges\ndata: ${JSON.stringify(exchanges)}\n\n`)
  }

  #write(event: string): void {
    for (const page of this.#pages) {
      // One that takes nothing asks for the list when it is back.
      if (page.writableLength < mostWaitingBytes) page.write(event)
      else page.destroy()
    }
  }
}
