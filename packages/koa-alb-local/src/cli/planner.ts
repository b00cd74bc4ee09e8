import { NotedFiles } from '../files/noted-files.ts'
import type { Recorder } from '../inspection/recorder.ts'
import { ConfigurationError } from '../properties/configuration-error.ts'
import type { Arguments } from './arguments/arguments.ts'
import { planForConfig } from './plan/config-plan.ts'
import { GivenEnvironment } from './plan/given-environment.ts'
import { withoutTls } from './plan/plain-listeners.ts'
import type { FunctionDefaults, Plan } from './plan/plan.ts'
import { withServers } from './plan/served-servers.ts'
import { planForFile } from './plan/single-plan.ts'
import { planForTemplate } from './plan/template-plan.ts'
import { StartError } from './terminal/start-error.ts'
import type { Terminal } from './terminal/terminal.ts'

export interface Planned {
  readonly plan: Plan
  /** What it was made of. */
  readonly files: NotedFiles
}

/** Plans what is to be served by the arguments, as often as their files change. */
export class Planner {
  readonly #args: Arguments
  readonly #terminal: Terminal
  readonly #recorder: Recorder | undefined

  constructor(args: Arguments, terminal: Terminal, recorder: Recorder | undefined) {
    this.#args = args
    this.#terminal = terminal
    this.#recorder = recorder
  }

  /**
   * @param files takes what is read
   * @throws StartError
   * @throws ConfigurationError
   */
  async plan(files = new NotedFiles()): Promise<Planned> {
    const declared = await files.during(() => this.#declared())
    const plan = withServers(declared, this.#args.servers)
    return { plan: this.#args.tls ? plan : withoutTls(plan), files }
  }

  /** The same error with the file that it is about, where it does not name one. */
  named(error: unknown): unknown {
    const { source } = this.#args
    if (!(error instanceof ConfigurationError) || source.kind === 'file') return error
    const isMissing = error.code === 'ALB_ERR_NO_STAND_IN' && source.kind === 'template'
    const remedy = isMissing ? ', in a file for --config' : ''
    return new StartError(`${source.file}: ${error.message}${remedy}`, { cause: error })
  }

  async #declared(): Promise<Plan> {
    const { concurrency, keepWarm, node, runtime, logFormat } = this.#args
    const given = await GivenEnvironment.read(this.#args)
    const defaults: FunctionDefaults = {
      concurrency,
      keepWarm,
      node,
      runtime,
      given,
      keepsErrorLines: logFormat === 'lambda',
      output: (line, requestId, name) => {
        this.#terminal.relay(line, name, requestId)
        if (requestId !== undefined) this.#recorder?.wrote(requestId, line)
      },
    }
    const plan = await readPlan(this.#args, defaults)
    given.checkUse()
    return plan
  }
}

function readPlan(args: Arguments, defaults: FunctionDefaults): Promise<Plan> {
  const { source, invoke, listeners } = args
  if (source.kind === 'file') return planForFile(source.file, args, defaults)
  if (source.kind === 'config') return planForConfig(source.file, defaults, { invoke, listeners })
  return planForTemplate(source, defaults, { invoke, listeners })
}
