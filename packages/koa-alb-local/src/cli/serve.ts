import type { Arguments } from './arguments/arguments.ts'
import type { Inspection } from './inspection.ts'
import { PlanWatch } from './plan-watch.ts'
import type { Planned, Planner } from './planner.ts'
import { ServedPlan } from './served-plan.ts'
import type { Synth } from './synth/synth.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What is being served, until it is closed. */
export interface Service {
  /** Answers the requests under way, then ends everything. */
  close(): Promise<void>
}

interface Settings {
  readonly planner: Planner
  readonly args: Arguments
  readonly terminal: Terminal
  readonly inspection: Inspection | undefined
  readonly synth: Synth | undefined
}

/** Whether files that change matter while something is served. */
export function takesChanges({ watch }: Arguments): boolean {
  return watch ?? process.stdout.isTTY === true
}

/**
 * Serves the plan, and prints where.
 * @throws StartError when a port is taken or a function broken
 * @throws ConfigurationError when the load balancer cannot be as the plan has it
 */
export async function serve({ plan, files }: Planned, settings: Settings): Promise<Service> {
  const { planner, args, terminal, inspection, synth } = settings
  const { print, paint } = terminal
  const isWatched = takesChanges(args)
  const served = new ServedPlan(plan, { args, terminal, inspection, isWatched, made: synth })
  const { lines, hint } = await served.start().catch(async (error) => {
    await served.close()
    throw error
  })
  for (const note of plan.notes) print(paint('yellow', note))
  for (const line of served.listenerLines()) print(line)
  if (served.inspector) {
    print(`Inspector ${served.inspector.url}`)
    print(paint('dim', `  for scripts and agents: ${served.inspector.apiUrl}`))
  }
  for (const line of lines) print(line)
  if (hint !== undefined) print(paint('dim', hint))
  const watch = isWatched
    ? new PlanWatch(served, { planner, files, terminal, made: synth })
    : undefined
  if (watch) await synth?.watch(() => watch.take())
  if (isWatched) print('Watching for changes; Ctrl-C stops')
  return {
    async close() {
      await synth?.close()
      await watch?.close()
      await served.close()
    },
  }
}
