import {
  createObservedLoadBalancer,
  type ReplaceableLoadBalancer,
} from '../application-load-balancer.ts'
import type { ApplicationLoadBalancerOptions } from '../configuration/configuration.ts'
import { differencesOf } from '../differences/differences.ts'
import type { HealthChange } from '../health/target-health.ts'
import type { Observer } from '../log/observation.ts'
import { printable } from '../log/printable.ts'
import type { Arguments } from './arguments/arguments.ts'
import { Debugging } from './debugging.ts'
import type { MadeFiles } from './functions/made-files.ts'
import { ServedFunctions } from './functions/served-functions.ts'
import { type Inspection, type OpenInspector, openInspector } from './inspection.ts'
import { listenerLine, listenerPorts, listenMessage, newListenerPorts } from './listener-ports.ts'
import type { Plan } from './plan/plan.ts'
import { DifferenceLines } from './terminal/difference-lines.ts'
import { Routes } from './terminal/routed.ts'
import { StartError } from './terminal/start-error.ts'
import type { Terminal } from './terminal/terminal.ts'

interface Settings {
  readonly args: Arguments
  readonly terminal: Terminal
  readonly inspection: Inspection | undefined
  readonly isWatched: boolean
  /** What a command makes of what is served. */
  readonly made: MadeFiles | undefined
}

/** What is to be said of listeners and debuggers that are new. */
interface Opened {
  readonly lines: readonly string[]
  /** How to reach what the lines before are about. */
  readonly hint: string | undefined
}

interface PlannedOptions {
  readonly options: ApplicationLoadBalancerOptions
  /** Once it is served: its requests are logged with the names in the file. */
  nameRoutes(): void
}

/** What is served, as a plan has it, until it is closed: the one place that knows of all of it. */
export class ServedPlan {
  readonly #settings: Settings
  readonly #functions: ServedFunctions
  readonly #debugging: Debugging | undefined
  readonly #loadBalancer: ReplaceableLoadBalancer
  readonly #first: PlannedOptions
  #inspector: OpenInspector | undefined
  #plan: Plan

  /** @throws ConfigurationError when the load balancer cannot be as the plan has it */
  constructor(plan: Plan, settings: Settings) {
    const { args, terminal, isWatched, made } = settings
    this.#plan = plan
    this.#settings = settings
    this.#functions = new ServedFunctions(isWatched, terminal, made)
    this.#debugging = args.debugPort === undefined ? undefined : new Debugging(args.debugPort)
    this.#first = this.#optionsFor(plan)
    const observer = tellingDifferences(terminal)
    this.#loadBalancer = createObservedLoadBalancer(this.#first.options, { observer })
  }

  get plan(): Plan {
    return this.#plan
  }

  get inspector(): Pick<OpenInspector, 'apiUrl' | 'url'> | undefined {
    return this.#inspector
  }

  /** @throws StartError when a port is taken or a function broken */
  async start(): Promise<Opened> {
    const { args, inspection } = this.#settings
    const { options, nameRoutes } = this.#first
    const debugged = await this.#debugging?.apply(this.#plan.functions)
    const starting = this.#functions.start(debugged?.functions ?? this.#plan.functions)
    nameRoutes()
    // A port that is taken is said before anything else.
    await Promise.all([this.#listen(), starting])
    if (inspection) {
      const loadBalancer = this.#loadBalancer
      this.#inspector = await openInspector({ options, loadBalancer, args, ...inspection })
    }
    return { lines: debugged?.lines ?? [], hint: debugged?.hint }
  }

  /** A line for each listener, or for each that is not among those. */
  listenerLines(but: ReadonlyMap<string, string> = new Map()): string[] {
    return [...this.urls()]
      .filter(([name, url]) => but.get(name) !== url)
      .map(([name, url]) => listenerLine(name, url, this.#plan))
  }

  urls(): ReadonlyMap<string, string> {
    return new Map([...this.#loadBalancer.listeners].map(([name, { url }]) => [name, url]))
  }

  /**
   * Serves another plan from the next request on. What is in both goes on: ports and connections, warm
   * environments, what is known of the health of targets.
   * @throws ConfigurationError when the load balancer cannot be so, and changes nothing
   * @throws StartError when a port is taken, and has the last plan served again
   */
  async apply(plan: Plan): Promise<Opened> {
    const before = this.#plan
    const { options, nameRoutes } = this.#optionsFor(plan)
    const prepared = this.#loadBalancer.prepare(options)
    const { endGone, ...opened } = await this.#applyFunctions(plan)
    try {
      const { over } = await prepared.serve(this.#newPorts(plan))
      void over.then(endGone)
    } catch (error) {
      const { endGone: endAdded } = await this.#applyFunctions(before)
      endAdded()
      throw new StartError(listenMessage(error, this.#settings.args.host))
    }
    this.#plan = plan
    nameRoutes()
    this.#inspector?.become(options)
    return opened
  }

  /** Has functions that have been made anew meanwhile served. */
  takeMade(): void {
    this.#functions.takeMade()
  }

  /** Answers the requests under way, then ends everything. */
  async close(): Promise<void> {
    await this.#inspector?.close()
    await this.#loadBalancer.close()
    await this.#functions.close()
    await this.#debugging?.close()
  }

  async #applyFunctions({ functions }: Plan): Promise<Opened & { endGone: () => void }> {
    const debugged = await this.#debugging?.apply(functions)
    const endGone = this.#functions.apply(debugged?.functions ?? functions)
    return { lines: debugged?.lines ?? [], hint: debugged?.hint, endGone }
  }

  #optionsFor({ configuration, functions }: Plan): PlannedOptions {
    const { terminal, inspection } = this.#settings
    const names = new Map([...functions].map(([id, { functionName }]) => [id, functionName]))
    let routes: Routes | undefined
    const options: ApplicationLoadBalancerOptions = {
      ...configuration,
      ...(inspection && { recorder: inspection.recorder }),
      targets: { ...configuration.targets, ...this.#functions.targets(functions.keys()) },
      log: (entry) => {
        const initMs = this.#functions.coldStartOf(entry.requestId)
        terminal.exchange(entry, initMs, routes?.of(entry) ?? {})
      },
      logHealth: (change) => terminal.print(printable(healthLine(change))),
      logConnection: (entry) => terminal.connection(entry),
      logHealthCheck: (entry) => terminal.healthCheck(entry),
    }
    const nameRoutes = (): void => {
      routes = new Routes(configuration, this.#loadBalancer.targetGroups, names)
    }
    return { options, nameRoutes }
  }

  #newPorts(plan: Plan): Record<string, number> {
    const { url } = this.#inspector ?? {}
    const open = { plan: this.#plan, urls: this.urls(), other: url }
    return newListenerPorts(plan, this.#settings.args.port, open)
  }

  /** The first listener gets the port of the command line, the others the ports after it. */
  async #listen(): Promise<void> {
    const { host, port, mapRedirects } = this.#settings.args
    const ports = listenerPorts(this.#plan, port)
    try {
      await this.#loadBalancer.listen({ host, mapRedirects, ports })
    } catch (error) {
      throw new StartError(listenMessage(error, host))
    }
  }
}

function tellingDifferences(terminal: Terminal): Observer {
  const differences = new DifferenceLines()
  return {
    end(entry, observation) {
      const found = differencesOf(observation)
      for (const line of differences.linesFor(entry, found, terminal.paint)) terminal.print(line)
    },
  }
}

function healthLine({ targetGroup, server, from, to }: HealthChange): string {
  const why = to.Description === undefined ? '' : `: ${to.Description}`
  const which = server === undefined ? targetGroup : `${targetGroup}, ${server}`
  return `target group ${which}: ${from.State} → ${to.State}${why}`
}
