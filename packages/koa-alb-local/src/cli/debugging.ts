import { DebugPort } from '../lambda/debug-port.ts'
import type { FunctionSettings } from './functions/function-settings.ts'
import { StartError } from './terminal/start-error.ts'

type Functions = ReadonlyMap<string, FunctionSettings>

/** The functions with a port for debuggers each, and what is to be said of the ports that are new. */
interface Debugged {
  readonly functions: Functions
  /** Where to attach, a line for each, and how to. */
  readonly lines: readonly string[]
  readonly hint: string | undefined
}

const portOfChrome = 9229

/** The ports for debuggers, of each function one, for as long as the function is there. */
export class Debugging {
  readonly #first: number
  readonly #ports = new Map<string, DebugPort>()

  /** @param first the port to begin with; those that are in use are passed over */
  constructor(first: number) {
    this.#first = first
  }

  /**
   * Has a port for each of these alone: those of functions that are gone are closed first.
   * @throws StartError
   */
  async apply(functions: Functions): Promise<Debugged> {
    const debugged = [...functions].filter(([, { concurrency }]) => concurrency !== 0)
    const ids = new Set(debugged.map(([id]) => id))
    const gone = [...this.#ports].filter(([id]) => !ids.has(id))
    for (const [id] of gone) this.#ports.delete(id)
    await Promise.all(gone.map(([, debugPort]) => debugPort.close()))
    const lines: string[] = []
    let from = this.#first
    for (const [id, { functionName }] of debugged) {
      if (this.#ports.has(id)) continue
      const wanted = this.#free(from)
      const { port } = await this.#open(id, wanted)
      if (from !== 0) from = port + 1
      lines.push(line(functionName, wanted, port))
    }
    const ports = [...this.#ports.values()].map(({ port }) => port)
    const withPorts = [...functions].map(([id, settings]) => {
      const debugPort = this.#ports.get(id)
      return [id, debugPort ? { ...settings, debugPort } : settings] as const
    })
    return {
      functions: new Map(withPorts),
      lines,
      hint: lines.length > 0 ? hintFor(ports) : undefined,
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ports.values()].map((debugPort) => debugPort.close()))
  }

  /** The first from this one on that no function has; 0 is any. */
  #free(from: number): number {
    const taken = [...this.#ports.values()].map(({ port }) => port)
    let wanted = from
    while (taken.includes(wanted)) wanted += 1
    return wanted
  }

  async #open(id: string, wanted: number): Promise<DebugPort> {
    try {
      const debugPort = await DebugPort.open(wanted)
      this.#ports.set(id, debugPort)
      return debugPort
    } catch (error) {
      const reason = error instanceof Error ? error.message : error
      throw new StartError(`No port for a debugger: ${reason}`, { cause: error })
    }
  }
}

function line(functionName: string, wanted: number, port: number): string {
  const instead = wanted === 0 || wanted === port ? '' : `; port ${wanted} is in use`
  return `Debugger on 127.0.0.1:${port} (${functionName}${instead})`
}

function hintFor(ports: readonly number[]): string {
  const added = ports.filter((port) => port !== portOfChrome).map((port) => `127.0.0.1:${port}`)
  const configured = added.length === 0 ? '' : `, where Configure adds ${added.join(' and ')}`
  return `  VS Code: attach as in docs/local.md#debugging; Chrome: chrome://inspect${configured}`
}
