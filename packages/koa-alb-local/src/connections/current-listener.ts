import type { Listener } from '../rules/listener.ts'

/** A listener as it is for the exchanges that began with it. */
export class ListenerVersion {
  readonly listener: Listener
  #underWay = 0
  #onOver: (() => void) | undefined

  constructor(listener: Listener) {
    this.listener = listener
  }

  begin(): void {
    this.#underWay += 1
  }

  end(): void {
    this.#underWay -= 1
    if (this.#underWay === 0) this.#onOver?.()
  }

  /** Settles when none is under way; none may begin any more. */
  over(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onOver = resolve
    })
  }
}

/** The listener of a server, which may be replaced: an exchange goes on with the one it began with. */
export class CurrentListener {
  #version: ListenerVersion
  #earlier: Promise<unknown> = Promise.resolve()

  constructor(listener: Listener) {
    this.#version = new ListenerVersion(listener)
  }

  get version(): ListenerVersion {
    return this.#version
  }

  get now(): Listener {
    return this.#version.listener
  }

  /** Settles when the exchanges that began before are over. */
  async replace(listener: Listener): Promise<void> {
    const last = this.#version
    this.#version = new ListenerVersion(listener)
    const earlier = Promise.all([this.#earlier, last.over()])
    this.#earlier = earlier
    await earlier
  }
}
