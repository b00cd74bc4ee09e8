import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

const watched = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  Map,
  Set,
  RegExp,
  Error,
  Promise,
  Buffer,
  IncomingMessage,
  ServerResponse,
  Socket,
].flatMap((type) => [type, type.prototype as object])

/** Everything that hangs on the constructors and prototypes an event might reach. */
export class Prototypes {
  readonly #before = watched.map(propertiesOf)

  /** What has changed since: nothing should have. */
  changes(): string[] {
    return watched.flatMap((holder, index) => {
      const before = this.#before[index] ?? new Map()
      const now = propertiesOf(holder)
      return [...new Set([...before.keys(), ...now.keys()])]
        .filter((key) => !Object.is(before.get(key), now.get(key)))
        .map((key) => `${String(holder)}.${String(key)}`)
    })
  }
}

function propertiesOf(holder: object): Map<string | symbol, unknown> {
  return new Map(
    Reflect.ownKeys(holder).map((key) => {
      const { value, get } = Reflect.getOwnPropertyDescriptor(holder, key) ?? {}
      return [key, value ?? get]
    }),
  )
}
