import {
  type ApplicationLoadBalancer,
  createObservedLoadBalancer,
} from '../application-load-balancer.ts'
import type { ApplicationLoadBalancerOptions } from '../configuration/configuration.ts'
import { differencesOf } from '../differences/differences.ts'
import type { HealthChange } from '../health/target-health.ts'
import type { Recorder } from '../inspection/recorder.ts'
import type { Observer } from '../log/observation.ts'
import { printable } from '../log/printable.ts'
import { manifestOf, namedFile } from '../template/stacks/stack-files.ts'
import type { Arguments } from './arguments/arguments.ts'
import type { Source } from './arguments/source.ts'
import { type Debugging, openDebugging } from './debugging.ts'
import { type FileWatch, watchEach } from './functions/file-watch.ts'
import { ServedFunctions } from './functions/served-functions.ts'
import { type Inspection, type OpenInspector, openInspector } from './inspection.ts'
import type { Plan } from './plan/plan.ts'
import { DifferenceLines } from './terminal/difference-lines.ts'
import { Routes } from './terminal/routed.ts'
import { StartError } from './terminal/start-error.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What is being served, until it is closed. */
export interface Service {
  /** Answers the requests under way, then ends everything. */
  close(): Promise<void>
}

/**
 * Serves the plan, and prints where.
 * @throws StartError when a port is taken or a function broken
 * @throws ConfigurationError when the load balancer cannot be as the plan has it
 */
export async function serve(
  plan: Plan,
  args: Arguments,
  terminal: Terminal,
  inspection: Inspection | undefined,
): Promise<Service> {
  const isWatched = args.watch ?? process.stdout.isTTY === true
  const debugging =
    args.debugPort === undefined ? undefined : await openDebugging(plan.functions, args.debugPort)
  const served = debugging?.functions ?? plan.functions
  const functions = new ServedFunctions(served, isWatched, terminal)
  const recorder = inspection?.recorder
  const { loadBalancer, options } = createLoadBalancer(plan, functions, terminal, recorder)
  let inspector: OpenInspector | undefined
  const startFiles = isWatched ? await watchStartFiles(args, terminal) : undefined
  const service = {
    async close() {
      await inspector?.close()
      await startFiles?.close()
      await loadBalancer.close()
      await functions.close()
      await debugging?.close()
    },
  }
  try {
    const starting = functions.start()
    // A port that is taken is said before anything else.
    await Promise.all([listen(loadBalancer, plan, args), starting])
    if (inspection) inspector = await openInspector({ options, loadBalancer, args, ...inspection })
  } catch (error) {
    await service.close()
    throw error
  }
  for (const note of plan.notes) terminal.print(terminal.paint('yellow', note))
  for (const [name, { url }] of loadBalancer.listeners) {
    terminal.print(listenerLine(name, url, plan))
  }
  if (inspector) {
    terminal.print(`Inspector ${inspector.url}`)
    terminal.print(terminal.paint('dim', `  for scripts and agents: ${inspector.apiUrl}`))
  }
  if (debugging) printDebugging(debugging, terminal)
  if (isWatched) terminal.print('Watching for changes; Ctrl-C stops')
  return service
}

function printDebugging({ lines, hint }: Debugging, { print, paint }: Terminal): void {
  for (const line of lines) print(line)
  print(paint('dim', hint))
}

/** The load balancer, and what it was made from. */
function createLoadBalancer(
  { configuration }: Plan,
  functions: ServedFunctions,
  terminal: Terminal,
  recorder: Recorder | undefined,
): { loadBalancer: ApplicationLoadBalancer; options: ApplicationLoadBalancerOptions } {
  let routes: Routes | undefined
  const options: ApplicationLoadBalancerOptions = {
    ...configuration,
    ...(recorder && { recorder }),
    targets: { ...configuration.targets, ...functions.targets() },
    log(entry) {
      const initMs = functions.coldStartOf(entry.requestId)
      terminal.exchange(entry, initMs, routes?.of(entry) ?? {})
    },
    logHealth: (change) => terminal.print(printable(healthLine(change))),
    logConnection: (entry) => terminal.connection(entry),
    logHealthCheck: (entry) => terminal.healthCheck(entry),
  }
  const observer = tellingDifferences(terminal)
  const loadBalancer = createObservedLoadBalancer(options, { observer })
  routes = new Routes(configuration, loadBalancer.targetGroups, functions.names())
  return { loadBalancer, options }
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

/** Functions are replaced when they change; what decides about all else is read once. */
async function watchStartFiles(
  { source, envFile, fnEnvFiles, certificate }: Arguments,
  { print, paint }: Terminal,
): Promise<Pick<FileWatch, 'close'> | undefined> {
  const ofSource = source.kind === 'file' ? [] : filesOf(source)
  const standIns = source.kind === 'template' ? source.standIns : undefined
  const own = fnEnvFiles.map(({ file }) => file)
  const given = [...ofSource, standIns, envFile, ...own, certificate?.cert, certificate?.key]
  const files = given.filter((file) => file !== undefined)
  if (files.length === 0) return undefined
  return watchEach(files, (file) => {
    print(paint('yellow', `${file} has changed: start again to apply it`))
  })
}

function filesOf(source: Exclude<Source, { kind: 'file' }>): readonly string[] {
  if (source.kind === 'config') return [source.file]
  return source.files.map((each) => manifestOf(each) ?? namedFile(each).file)
}

/** The first listener gets the port of the command line, the others the ports after it. */
async function listen(
  loadBalancer: ApplicationLoadBalancer,
  plan: Plan,
  { host, port, mapRedirects }: Arguments,
): Promise<void> {
  const listeners = Object.entries(plan.configuration.listeners)
  const ordered = listeners.sort(([, one], [, other]) => Number(one.Port) - Number(other.Port))
  const ports = ordered.map(([name], index) => [name, port === 0 ? 0 : port + index] as const)
  try {
    await loadBalancer.listen({ host, mapRedirects, ports: Object.fromEntries(ports) })
  } catch (error) {
    throw new StartError(listenMessage(error, host))
  }
}

function listenMessage(error: unknown, host: string): string {
  const { code, port = 0, message } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what listens there, or choose another: --port ${port + 1}`
  }
  if (code === 'EACCES')
    return `Port ${port} is not for you to open. Choose one above 1023: --port 3000`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine. Choose another: --host 127.0.0.1`
  }
  return message
}

function listenerLine(name: string, url: string, { configuration }: Plan): string {
  const listeners = Object.keys(configuration.listeners)
  if (listeners.length === 1) return `Listening on ${url}`
  return `Listening on ${url} (${name}, port ${configuration.listeners[name]?.Port})`
}

function healthLine({ targetGroup, server, from, to }: HealthChange): string {
  const why = to.Description === undefined ? '' : `: ${to.Description}`
  const which = server === undefined ? targetGroup : `${targetGroup}, ${server}`
  return `target group ${which}: ${from.State} → ${to.State}${why}`
}
