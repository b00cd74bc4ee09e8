import { createEndpointTarget } from '../../targets/endpoint-target.ts'
import type { Target } from '../../targets/target.ts'
import { StartError } from '../terminal/start-error.ts'

/** The functions that run elsewhere, behind an Invoke endpoint. */
export class InvokedFunctions {
  readonly #endpoints: Readonly<Record<string, string>>
  readonly #used = new Set<string>()
  readonly #calls: string[] = []

  /** @param endpoints URLs or ARNs by the name of the function */
  constructor(endpoints: Readonly<Record<string, string>>) {
    this.#endpoints = endpoints
  }

  /**
   * The target for a function that has these names, if it runs elsewhere.
   * @param apiNames those in the path of the endpoint, of which it may know any
   * @throws StartError when the endpoint is none
   */
  target(names: readonly string[], apiNames: readonly string[]): Target | undefined {
    const name = names.find((each) => Object.hasOwn(this.#endpoints, each))
    const endpoint = name !== undefined && this.#endpoints[name]
    if (!endpoint) return undefined
    this.#used.add(name)
    this.#calls.push([endpoint, ...apiNames].join(' '))
    try {
      return createEndpointTarget(endpoint, [...apiNames, 'function'])
    } catch (error) {
      throw new StartError(`--invoke ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }

  /** Each endpoint that is called, with the names of the function there. */
  get calls(): readonly string[] {
    return this.#calls
  }

  /** A line for each function that is invoked. */
  notes(): string[] {
    return [...this.#used].map((name) => `${name} is invoked at ${this.#endpoints[name]}`)
  }

  /** @throws StartError that names an endpoint for which there is no function */
  checkUse(known: readonly string[]): void {
    const idle = Object.keys(this.#endpoints).find((name) => !this.#used.has(name))
    if (idle === undefined) return
    const names = known.join(', ') || 'none'
    throw new StartError(`--invoke ${idle}: no target group has that function; they have ${names}`)
  }
}
