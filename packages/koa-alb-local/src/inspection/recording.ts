import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import { KeptExchange, type Room } from './kept-exchange.ts'
import type { RecordedExchange } from './recorded-exchange.ts'
import { toRecordedExchange } from './to-recorded-exchange.ts'

const mostLogBytes = 64 * 1024

/** A place for one exchange after the other; how one is shown is worked out when somebody asks. */
export class Recording {
  /** Of the exchange in it; 0 when there is none. */
  id = 0
  readonly #kept = new KeptExchange()
  /** While it is under way. */
  #observation: Observation | undefined
  #log: string[] | undefined
  #logBytes = 0

  /** False when there is none, or some of it has been overwritten. */
  get isWhole(): boolean {
    return this.id > 0 && (this.#observation !== undefined || this.#kept.isThere)
  }

  begin(id: number, observation: Observation): void {
    this.forget()
    this.id = id
    this.#observation = observation
  }

  end(entry: LogEntry, observation: Observation, room: Room): void {
    this.#kept.keep(room, this.id, entry, observation)
    this.#observation = undefined
  }

  forget(): void {
    this.id = 0
    this.#observation = undefined
    this.#log = undefined
    this.#logBytes = 0
    this.#kept.forget()
  }

  isOf(requestId: string): boolean {
    if (!this.isWhole) return false
    return this.#observation
      ? this.#observation.requestId === requestId
      : this.#kept.isOf(requestId)
  }

  /** A line that the function wrote. */
  wrote(line: string): void {
    this.#logBytes += line.length
    if (this.#logBytes > mostLogBytes) return
    this.#log ??= []
    this.#log.push(line)
  }

  toExchange(): RecordedExchange {
    const { entry, observation } = this.#observation
      ? { entry: undefined, observation: this.#observation }
      : this.#kept.restored()
    return toRecordedExchange(this.id, entry, observation, {
      functionLog: this.#log ?? [],
      isFunctionLogCut: this.#logBytes > mostLogBytes,
    })
  }
}
