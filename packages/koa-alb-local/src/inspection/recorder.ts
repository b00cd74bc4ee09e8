import { EventEmitter } from 'node:events'
import type { LogEntry } from '../log/log.ts'
import type { Observation, Observer } from '../log/observation.ts'
import { Arena } from './arena.ts'
import { FunctionLog } from './function-log.ts'
import { KeptExchanges } from './kept-exchanges.ts'
import type { RecordedExchange } from './recorded-exchange.ts'
import { toRecordedExchange } from './to-recorded-exchange.ts'

export interface RecorderOptions {
  /** Exchanges that are kept; older ones go. Default 500. */
  exchanges?: number
  /** Bytes that are kept of each body. Default 262,144. */
  bodyBytes?: number
  /** Bytes that all of them may take, more or less; older ones go. Default 67,108,864. */
  totalBytes?: number
}

// Several are kept at once, while all that this takes is in the caches of the CPU. More of them than
// these have left the caches themselves.
const keptAtOnce = 8
const mostBytesAtOnce = 65_536

interface Over {
  readonly entry: LogEntry
  readonly observation: Observation
}

interface RecorderEvents {
  /** An exchange begins. */
  begin: [id: number]
  /** One is over, as the log has it. */
  end: [id: number, entry: LogEntry]
  /** The function wrote a line, perhaps after the client has its answer. */
  wrote: [id: number]
  /** An exchange is over for its client. */
  exchange: [exchange: RecordedExchange]
}

/**
 * Keeps the last exchanges of a load balancer: the option `recorder` of `createLoadBalancer` and
 * `createApplicationLoadBalancer`.
 */
export class Recorder extends EventEmitter<RecorderEvents> implements Observer {
  readonly #most: number
  readonly #arena: Arena
  readonly #bodyBytes: number
  readonly #kept: KeptExchanges
  // An exchange has a place, and in time the place of the oldest: its id, 0 when there is none, what is
  // known while it is under way, and what the function wrote.
  readonly #ids: number[] = []
  readonly #underWay: (Observation | undefined)[] = []
  /** They are over, and are to be kept. */
  readonly #over: Over[] = []
  readonly #functionLogs = new Map<number, FunctionLog>()
  #lastId = 0

  /** @throws TypeError when a limit is no positive integer */
  constructor({
    exchanges = 500,
    bodyBytes = 262_144,
    totalBytes = 67_108_864,
  }: RecorderOptions = {}) {
    super()
    for (const [name, value] of Object.entries({ exchanges, bodyBytes, totalBytes })) {
      if (Number.isSafeInteger(value) && value > 0) continue
      throw new TypeError(`${name} must be a positive integer, got ${value}`)
    }
    // What is kept of one exchange is not to take more than all of them may.
    this.#bodyBytes = Math.min(bodyBytes, Math.ceil(totalBytes / 4))
    this.#arena = new Arena(totalBytes)
    this.#kept = new KeptExchanges(this.#arena, this.#bodyBytes)
    this.#most = exchanges
  }

  /** The exchanges that are kept, those under way included, the oldest first. */
  exchanges(): RecordedExchange[] {
    this.#keep()
    const ids = this.#ids.filter((id) => this.#isWhole(id))
    return ids.sort((one, other) => one - other).map((id) => this.#recorded(id))
  }

  /** One of them; undefined when it is not there any more. */
  exchange(id: number): RecordedExchange | undefined {
    this.#keep()
    return this.#isWhole(id) ? this.#recorded(id) : undefined
  }

  /** Forgets all of them. */
  clear(): void {
    this.#ids.fill(0)
    this.#underWay.fill(undefined)
    this.#over.length = 0
    this.#functionLogs.clear()
    this.#kept.forget()
  }

  /** For a load balancer, which calls it when an exchange begins. */
  begin(observation: Observation): void {
    this.#lastId += 1
    const id = this.#lastId
    const place = this.#placeOf(id)
    this.#ids[place] = id
    this.#underWay[place] = observation
    if (this.#functionLogs.size > 0) this.#functionLogs.delete(place)
    observation.keptAs = id
    this.emit('begin', id)
  }

  /** For a load balancer, which calls it when an exchange is over. */
  end(entry: LogEntry, observation: Observation): void {
    const id = observation.keptAs
    if (this.#isWanted(id)) {
      this.#over.push({ entry, observation })
      if (this.#over.length >= keptAtOnce || isLarge(observation)) this.#keep()
    }
    this.emit('end', id, entry)
    // It takes work to make one.
    if (this.listenerCount('exchange') === 0) return
    this.emit('exchange', this.exchange(id) ?? this.#forgotten(entry, observation))
  }

  /** A line that a function wrote during this request. */
  wrote(requestId: string, line: string): void {
    const id = this.#ids.find((each) => this.#isWhole(each) && this.#isOf(each, requestId))
    if (id === undefined) return
    const place = this.#placeOf(id)
    const log = this.#functionLogs.get(place) ?? new FunctionLog()
    this.#functionLogs.set(place, log)
    log.wrote(line)
    this.emit('wrote', id)
  }

  #keep(): void {
    const oldestId = this.#lastId - this.#most + 1
    for (const { entry, observation } of this.#over) {
      const id = observation.keptAs
      if (!this.#isWanted(id)) continue
      const place = this.#placeOf(id)
      this.#kept.keep(place, oldestId, entry, observation)
      this.#underWay[place] = undefined
    }
    this.#over.length = 0
  }

  #isWanted(id: number): boolean {
    return this.#ids[this.#placeOf(id)] === id
  }

  #placeOf(id: number): number {
    return (id - 1) % this.#most
  }

  /** False when it is not there, or some of it has been overwritten. */
  #isWhole(id: number): boolean {
    if (id <= 0 || !this.#isWanted(id)) return false
    const place = this.#placeOf(id)
    return this.#underWay[place] !== undefined || this.#kept.has(place)
  }

  #isOf(id: number, requestId: string): boolean {
    const place = this.#placeOf(id)
    const observation = this.#underWay[place]
    return observation ? observation.requestId === requestId : this.#kept.isOf(place, requestId)
  }

  #recorded(id: number): RecordedExchange {
    const place = this.#placeOf(id)
    const underWay = this.#underWay[place]
    const { entry, observation } = underWay
      ? { entry: undefined, observation: underWay }
      : this.#kept.restored(place)
    const { lines = [], isCut = false } = this.#functionLogs.get(place) ?? {}
    const log = { functionLog: lines, isFunctionLogCut: isCut }
    return toRecordedExchange(id, entry, observation, log)
  }

  /** One that was not to be kept until its end. */
  #forgotten(entry: LogEntry, observation: Observation): RecordedExchange {
    const one = new KeptExchanges(this.#arena, this.#bodyBytes)
    one.keep(0, this.#lastId - this.#most + 1, entry, observation)
    const kept = one.restored(0)
    const log = { functionLog: [], isFunctionLogCut: false }
    return toRecordedExchange(observation.keptAs, kept.entry, kept.observation, log)
  }
}

function isLarge({ bodyLength = 0, payloadLength = 0, answerLength = 0 }: Observation): boolean {
  return bodyLength + payloadLength + answerLength > mostBytesAtOnce
}
