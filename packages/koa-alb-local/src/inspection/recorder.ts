import { EventEmitter } from 'node:events'
import type { LogEntry } from '../log/log.ts'
import type { Observation, Observer } from '../log/observation.ts'
import { Arena } from './arena.ts'
import type { Room } from './kept-exchange.ts'
import type { RecordedExchange } from './recorded-exchange.ts'
import { Recording } from './recording.ts'

export interface RecorderOptions {
  /** Exchanges that are kept; older ones go. Default 500. */
  exchanges?: number
  /** Bytes that are kept of each body. Default 262,144. */
  bodyBytes?: number
  /** Bytes that all of them may take, more or less; older ones go. Default 67,108,864. */
  totalBytes?: number
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
  readonly #room: Room & { oldestId: number }
  readonly #most: number
  /** One after the other, and over the oldest. */
  readonly #recordings: Recording[] = []
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
    const most = Math.min(bodyBytes, Math.ceil(totalBytes / 4))
    this.#room = { arena: new Arena(totalBytes), most, oldestId: 0 }
    this.#most = exchanges
  }

  /** The exchanges that are kept, those under way included, the oldest first. */
  exchanges(): RecordedExchange[] {
    return this.#recordings
      .filter(({ isWhole }) => isWhole)
      .sort((one, other) => one.id - other.id)
      .map((recording) => recording.toExchange())
  }

  /** One of them; undefined when it is not there any more. */
  exchange(id: number): RecordedExchange | undefined {
    return this.#kept(id)?.toExchange()
  }

  /** Forgets all of them. */
  clear(): void {
    for (const recording of this.#recordings) recording.forget()
  }

  /** For a load balancer, which calls it when an exchange begins. */
  begin(observation: Observation): void {
    this.#lastId += 1
    const id = this.#lastId
    this.#room.oldestId = id - this.#most + 1
    const place = (id - 1) % this.#most
    const recording = this.#recordings[place] ?? new Recording()
    this.#recordings[place] = recording
    recording.begin(id, observation)
    observation.keptAs = id
    this.emit('begin', id)
  }

  /** For a load balancer, which calls it when an exchange is over. */
  end(entry: LogEntry, observation: Observation): void {
    const id = observation.keptAs
    const recording = this.#kept(id)
    recording?.end(entry, observation, this.#room)
    this.emit('end', id, entry)
    // It takes work to make one.
    if (this.listenerCount('exchange') === 0) return
    const kept = recording ?? this.#forgotten(entry, observation)
    this.emit('exchange', kept.toExchange())
  }

  /** A line that a function wrote during this request. */
  wrote(requestId: string, line: string): void {
    const found = this.#recordings.find((recording) => recording.isOf(requestId))
    if (!found) return
    found.wrote(line)
    this.emit('wrote', found.id)
  }

  #kept(id: number): Recording | undefined {
    const recording = this.#recordings[(id - 1) % this.#most]
    return recording?.id === id && recording.isWhole ? recording : undefined
  }

  /** One that was not to be kept until its end. */
  #forgotten(entry: LogEntry, observation: Observation): Recording {
    const recording = new Recording()
    recording.begin(observation.keptAs, observation)
    recording.end(entry, observation, this.#room)
    return recording
  }
}
