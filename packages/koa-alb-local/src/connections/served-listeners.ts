import type { Metrics } from '../log/metrics.ts'
import type { OpenListener } from '../rules/rule.ts'
import { type ListenerSettings, ServedListener } from './served-listener.ts'

/** Where listeners are opened. */
export interface Places {
  readonly host: string
  /** By name, where it is not the listener's own. */
  readonly ports: Readonly<Record<string, number>>
}

interface Planned {
  readonly name: string
  readonly settings: ListenerSettings
  /** Undefined for a listener that is new. */
  readonly before: ServedListener | undefined
  /** The same as before when that can be it. */
  readonly served: ServedListener
}

type SettingsByName = ReadonlyMap<string, ListenerSettings>

/** The listeners of a load balancer. */
export class ServedListeners {
  /** The same map as long as the load balancer lives. */
  readonly byName: ReadonlyMap<string, ServedListener>
  readonly #byName: Map<string, ServedListener>
  readonly #metrics: Metrics
  /** Those that are gone, until their last connection is closed. */
  readonly #leaving = new Set<Promise<void>>()
  #isOpen = false

  constructor(settings: SettingsByName, metrics: Metrics) {
    this.#metrics = metrics
    this.#byName = new Map(
      [...settings].map(([name, each]) => [name, new ServedListener(each, metrics)]),
    )
    this.byName = this.#byName
  }

  /** The one with this port of its own, if it is open. */
  at(ownPort: number): OpenListener | undefined {
    return [...this.#byName.values()].find((listener) => listener.ownPort === ownPort)
  }

  async open({ host, ports }: Places): Promise<void> {
    this.#isOpen = true
    for (const [name, listener] of this.#byName) {
      await listener.open(ports[name] ?? listener.ownPort, host)
    }
  }

  /** Stops listening and resolves when the last connection is closed. */
  async close(): Promise<void> {
    this.#isOpen = false
    const closing = [...this.#byName.values()].map((listener) => listener.close())
    await Promise.all([...closing, ...this.#leaving])
  }

  /**
   * Has these listeners from now on. One of the same name, or else of the same port, keeps its server
   * and its connections. Resolves once they are open, with a promise for the end of the exchanges that
   * began before.
   */
  async become(settings: SettingsByName, places: Places): Promise<{ over: Promise<void> }> {
    const planned = [...settings].map(([name, each]) => this.#planned(name, each, settings))
    const kept = new Set(planned.map(({ served }) => served))
    const gone = [...this.#byName.values()].filter((listener) => !kept.has(listener))
    if (this.#isOpen) await this.#openNew(planned, gone, places)
    this.#byName.clear()
    const endings = planned.map(({ name, settings: each, before, served }) => {
      this.#byName.set(name, served)
      return served === before ? served.become(each) : undefined
    })
    for (const listener of gone) void this.#leave(listener)
    // Those of earlier changes, too.
    const over = Promise.all([...endings, ...this.#leaving])
    return { over: over.then(() => {}) }
  }

  #planned(name: string, settings: ListenerSettings, all: SettingsByName): Planned {
    // Under another name it is the same for its clients.
    const renamed = [...this.#byName].find(
      ([other, { ownPort }]) => !all.has(other) && ownPort === settings.listener.port,
    )
    const before = this.#byName.get(name) ?? renamed?.[1]
    const isSame = before?.canBe(settings) === true
    const served = isSame ? before : new ServedListener(settings, this.#metrics)
    return { name, settings, before, served }
  }

  async #openNew(
    planned: readonly Planned[],
    gone: readonly ServedListener[],
    { host, ports }: Places,
  ): Promise<void> {
    const fresh = planned
      .filter(({ before, served }) => before !== served)
      .map(({ name, before, served }) => {
        const port = before?.port ?? ports[name] ?? served.ownPort
        return { served, port, holder: gone.find((listener) => listener.port === port) }
      })
    // Those that may find their port taken first: nothing is changed then.
    fresh.sort((one, other) => Number(Boolean(one.holder)) - Number(Boolean(other.holder)))
    const opened: ServedListener[] = []
    for (const { served, port, holder } of fresh) {
      if (holder) void this.#leave(holder)
      try {
        await served.open(port, holder?.host ?? host)
        opened.push(served)
      } catch (error) {
        await Promise.all(opened.map((listener) => listener.close()))
        throw error
      }
    }
  }

  #leave(listener: ServedListener): Promise<void> {
    const leaving = listener.close().finally(() => this.#leaving.delete(leaving))
    this.#leaving.add(leaving)
    return leaving
  }
}
