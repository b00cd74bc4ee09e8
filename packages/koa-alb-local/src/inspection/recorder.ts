import { EventEmitter } from 'node:events'
import type { LogEntry } from '../log/log.ts'
import type { Observation, Observer } from '../log/observation.ts'
import { Arena } from './arena.ts'
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
  readonly #arena: Arena
  /** The exchange with the id `n` at `n % length`: a Map walks over what was deleted from it. */
  readonly #recordings: (Recording | undefined)[]
  readonly #underWay = new Map<Observation, Recording>()
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
    this.#arena = new Arena(totalBytes, bodyBytes)
    this.#recordings = Array(exchanges).fill(undefined)
  }

  /** The exchanges that are kept, those under way included, the oldest first. */
  exchanges(): RecordedExchange[] {
    return this.#kept().map((recording) => recording.toExchange())
  }

  /** One of them; undefined when it is not there any more. */
  exchange(id: number): RecordedExchange | undefined {
    return this.#kept()
      .find((recording) => recording.id === id)
      ?.toExchange()
  }

  /** Forgets all of them. */
  clear(): void {
    this.#recordings.fill(undefined)
  }

  /** For a load balancer, which calls it when an exchange begins. */
  begin(observation: Observation): void {
    this.#lastId += 1
    const recording = new Recording(this.#lastId, observation, this.#arena)
    this.#recordings[this.#lastId % this.#recordings.length] = recording
    this.#underWay.set(observation, recording)
    this.emit('begin', recording.id)
  }

  /** For a load balancer, which calls it when an exchange is over. */
  end(entry: LogEntry, observation: Observation): void {
    const recording = this.#underWay.get(observation)
    this.#underWay.delete(observation)
    if (!recording) return
    recording.end(entry)
    this.emit('end', recording.id, entry)
    // It takes work to make one.
    if (this.listenerCount('exchange') > 0) this.emit('exchange', recording.toExchange())
  }

  /** A line that a function wrote during this request. */
  wrote(requestId: string, line: string): void {
    const found = this.#recordings.find((recording) => recording?.requestId === requestId)
    if (!found) return
    found.wrote(line)
    this.emit('wrote', found.id)
  }

  #kept(): Recording[] {
    return this.#recordings
      .filter((recording) => recording !== undefined)
      .filter(({ isWhole }) => isWhole)
      .sort((one, other) => one.id - other.id)
  }
}
