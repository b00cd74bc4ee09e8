// What is counted beside memory. A timer of a socket keeps no process alive, so that no list of
// handles has it; but it holds its exchange.

/** How many exchanges a collection has left. */
export class ExchangeCount {
  alive = 0
  #registry = new FinalizationRegistry(() => this.alive--)

  add(req) {
    this.alive++
    this.#registry.register(req)
  }
}

export function listenersOf(emitters) {
  const counts = emitters.flatMap((emitter) =>
    emitter.eventNames().map((name) => emitter.listenerCount(name)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
