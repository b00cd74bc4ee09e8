import { DebugPort } from '../lambda/debug-port.ts'
import type { FunctionSettings } from './functions/function-settings.ts'
import { StartError } from './terminal/start-error.ts'

/** The functions with a port for debuggers each. */
export interface Debugging {
  readonly functions: ReadonlyMap<string, FunctionSettings>
  /** Where to attach, a line for each. */
  readonly lines: readonly string[]
  /** How to. */
  readonly hint: string
  close(): Promise<void>
}

const portOfChrome = 9229

/**
 * Opens a port for each function, from this one on; those that are in use are passed over.
 * @throws StartError
 */
export async function openDebugging(
  functions: ReadonlyMap<string, FunctionSettings>,
  first: number,
): Promise<Debugging> {
  const opened: DebugPort[] = []
  const debugged = new Map<string, FunctionSettings>()
  const lines: string[] = []
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((debugPort) => debugPort.close()))
  }
  let wanted = first
  for (const [id, settings] of functions) {
    if (settings.concurrency === 0) {
      debugged.set(id, settings)
      continue
    }
    const debugPort = await DebugPort.open(wanted).catch(async (error: Error) => {
      await close()
      throw new StartError(`No port for a debugger: ${error.message}`, { cause: error })
    })
    opened.push(debugPort)
    debugged.set(id, { ...settings, debugPort })
    lines.push(line(settings.functionName, wanted, debugPort.port))
    wanted = first === 0 ? 0 : debugPort.port + 1
  }
  return { functions: debugged, lines, hint: hintFor(opened.map(({ port }) => port)), close }
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
