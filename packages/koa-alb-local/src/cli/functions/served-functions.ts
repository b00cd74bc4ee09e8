import { relative, resolve } from 'node:path'
import { printableLines } from '../../log/printable.ts'
import type { Target } from '../../targets/target.ts'
import { uptimeMs } from '../../time/clock.ts'
import { reportLines, startLine } from '../terminal/log-format.ts'
import { StartError } from '../terminal/start-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { bundledText, packageFolder } from './bundle.ts'
import { unseenReads } from './environment-reads.ts'
import { type FileWatch, watchFiles } from './file-watch.ts'
import type { FunctionSettings, LoadedFunction } from './function-settings.ts'
import { loadFunction } from './local-function.ts'
import { patienceMs, ReloadingTarget } from './reloading-target.ts'

interface ServedFunction {
  readonly settings: FunctionSettings
  readonly target: ReloadingTarget
  files: readonly string[]
  isLoaded: boolean
  /** What was said last of why it does not load. */
  failure: string | undefined
  isEdited: boolean
}

/** The functions that are served, each replaced when one of its files changes. */
export class ServedFunctions {
  readonly #functions = new Map<string, ServedFunction>()
  readonly #coldStarts = new Map<string, number>()
  readonly #terminal: Terminal
  readonly #isWatched: boolean
  readonly #watches: FileWatch[] = []

  constructor(
    functions: ReadonlyMap<string, FunctionSettings>,
    isWatched: boolean,
    terminal: Terminal,
  ) {
    this.#terminal = terminal
    this.#isWatched = isWatched
    terminal.serves([...functions.values()].map(({ functionName }) => functionName))
    for (const [id, settings] of functions) {
      const target = new ReloadingTarget((signal) => loadFunction(settings, isWatched, signal), {
        loaded: (loaded) => this.#loaded(id, loaded),
        failed: ({ message }) => this.#failed(id, message),
        late: (hasGood) => this.#late(settings.functionName, hasGood),
      })
      const files = [settings.file]
      const state = { isLoaded: false, failure: undefined, isEdited: false }
      this.#functions.set(id, { settings, target, files, ...state })
    }
  }

  /** The names of the functions by the ids that target groups register. */
  names(): ReadonlyMap<string, string> {
    return new Map([...this.#functions].map(([id, { settings }]) => [id, settings.functionName]))
  }

  /** For the load balancer; what they report of cold starts is kept for `coldStartOf`. */
  targets(): Record<string, Target> {
    return Object.fromEntries(
      [...this.#functions].map(([id, { target, settings }]) => [
        id,
        this.#noting(target, settings),
      ]),
    )
  }

  /** Milliseconds of the cold start of an invocation, if it was one; known until asked. */
  coldStartOf(requestId: string | undefined): number | undefined {
    if (requestId === undefined) return undefined
    const initMs = this.#coldStarts.get(requestId)
    this.#coldStarts.delete(requestId)
    return initMs
  }

  /**
   * Loads every function.
   * @throws StartError when one is broken, and nobody would notice it being mended
   */
  async start(): Promise<void> {
    const served = [...this.#functions.values()]
    // At once, so that a request that comes meanwhile waits.
    const loading = served.map(({ target }) => target.start())
    if (this.#isWatched) await this.#watch(served)
    await Promise.all(loading)
    if (this.#isWatched || !served.some(({ target }) => target.isBroken)) return
    throw new StartError('Nothing is served. Mend it and start again, or start with --watch')
  }

  async close(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.close()))
    await Promise.all([...this.#functions.values()].map(({ target }) => target.close()))
  }

  async #watch(served: readonly ServedFunction[]): Promise<void> {
    const folders = new Set(served.map(({ settings }) => packageFolder(settings.file)))
    for (const folder of folders) {
      const watch: FileWatch = await watchFiles(folder, {
        changed: (file) => this.#changed(resolve(file)),
        replaced: () => this.#replaced((file) => watch.covers(file)),
        failed: ({ message }) =>
          this.#print('yellow', `changes in ${folder} may go unnoticed: ${message}`),
      })
      this.#watches.push(watch)
    }
    // Some may have been loaded before.
    for (const { files } of served) this.#watchFilesOf(files)
  }

  #watchFilesOf(files: readonly string[]): void {
    const elsewhere = files.filter((file) => !this.#watches.some((watch) => watch.covers(file)))
    for (const watch of this.#watches) watch.add(files.filter((file) => watch.covers(file)))
    this.#watches[0]?.add(elsewhere)
  }

  #changed(file: string): void {
    for (const served of this.#functions.values()) {
      const { target, files } = served
      if (files.includes(file)) served.isEdited = true
      // What a broken one lacks may be a file that has never been there.
      if (files.includes(file) || target.isBroken) target.reload()
    }
  }

  #replaced(isInside: (file: string) => boolean): void {
    for (const { settings, target } of this.#functions.values()) {
      if (isInside(settings.file)) target.reload()
    }
  }

  #loaded(id: string, { files, initMs }: LoadedFunction): void {
    const served = this.#functions.get(id)
    if (!served) return
    const verb = served.isLoaded ? 'reloaded' : 'loaded'
    if (!served.isLoaded) void this.#sayUnseen(id, served.settings)
    Object.assign(served, { files, isLoaded: true, failure: undefined })
    this.#watchFilesOf(files)
    const { functionName, file } = served.settings
    const inside = relative('', file)
    const name = inside.startsWith('..') ? file : inside
    this.#print('dim', `${functionName}: ${verb} ${name} in ${Math.round(initMs)} ms`)
  }

  async #sayUnseen(id: string, settings: FunctionSettings): Promise<void> {
    const { environment, file, functionName, runtime } = settings
    // In one process it sees them all.
    if (runtime === 'in-process') return
    const unseen = unseenReads(await bundledText(file), process.env, environment)
    if (unseen.length === 0) return
    const owner = this.#functions.size > 1 ? `${id}.` : ''
    const options = unseen.map((name) => `--env ${owner}${name}="$${name}"`).join(' ')
    const text = `reads ${unseen.join(', ')} of the environment, which this shell has and a function does not see`
    this.#print('yellow', `${functionName}: ${text}; to pass it on: ${options}`)
  }

  #failed(id: string, message: string): void {
    const served = this.#functions.get(id)
    // This output may be a file in the folder, and each line in it another try.
    if (!served || (served.failure === message && !served.isEdited)) return
    Object.assign(served, { failure: message, isEdited: false })
    this.#print('red', `${served.settings.functionName}: ${message}`)
  }

  #late(functionName: string, hasGood: boolean): void {
    const what = hasGood ? 'the change' : 'the function'
    const meanwhile = hasGood ? '; the last good version answers meanwhile' : ''
    const text = `${what} has not started within ${patienceMs / 1000} s${meanwhile}`
    this.#print('yellow', `${functionName}: ${text}`)
  }

  #noting(target: Target, { memoryLimitInMB }: FunctionSettings): Target {
    return {
      invoke: async (event, invocation) => {
        const { requestId } = invocation
        this.#terminal.platform(startLine(requestId))
        const startedAt = uptimeMs()
        const outcome = await target.invoke(event, invocation)
        const { initMs } = outcome
        const ms = Math.max(0, uptimeMs() - startedAt - (initMs ?? 0))
        this.#terminal.platform(reportLines(requestId, { ms, initMs, memoryLimitInMB }))
        if (initMs !== undefined) this.#coldStarts.set(requestId, initMs)
        return outcome
      },
    }
  }

  #print(style: 'dim' | 'red' | 'yellow', text: string): void {
    const { print, error, paint } = this.#terminal
    const painted = paint(style, printableLines(text))
    if (style === 'red') error(painted)
    else print(painted)
  }
}
