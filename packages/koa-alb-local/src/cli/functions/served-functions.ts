import { relative } from 'node:path'
import { printableLines } from '../../log/printable.ts'
import type { Target } from '../../targets/target.ts'
import { StartError } from '../terminal/start-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LoadError } from './bundle.ts'
import type { FunctionSettings, LoadedFunction } from './function-settings.ts'
import { FunctionWatch } from './function-watch.ts'
import { loadFunction } from './local-function.ts'
import type { MadeFiles } from './made-files.ts'
import { NotedInvocations } from './noted-invocations.ts'
import { patienceMs, ReloadingTarget } from './reloading-target.ts'
import { isSameFunction } from './same-function.ts'
import { unseenLine } from './unseen-line.ts'

interface ServedFunction {
  settings: FunctionSettings
  readonly target: ReloadingTarget
  files: readonly string[]
  /** Those in or beside which the reason may be that it does not load. */
  lacking: readonly string[]
  isLoaded: boolean
  /** What was said last of why it does not load. */
  failure: string | undefined
  isEdited: boolean
  /** Set while it is no more in the plan. */
  removal: object | undefined
}

/** The functions that are served, each replaced when one of its files changes. */
export class ServedFunctions {
  readonly #functions = new Map<string, ServedFunction>()
  readonly #closing = new Set<Promise<void>>()
  readonly #terminal: Terminal
  readonly #invocations: NotedInvocations
  readonly #watch: FunctionWatch | undefined
  readonly #made: MadeFiles | undefined
  /** Those that have changed while they were being made. */
  readonly #held = new Set<ServedFunction>()

  /** @param made is what a command makes; it is taken by `takeMade` */
  constructor(isWatched: boolean, terminal: Terminal, made?: MadeFiles) {
    this.#made = made
    this.#terminal = terminal
    if (isWatched) this.#watch = this.#createWatch()
    this.#invocations = new NotedInvocations(terminal)
  }

  /** For the load balancer, by the ids that target groups register. */
  targets(ids: Iterable<string>): Record<string, Target> {
    return Object.fromEntries(
      [...ids].map((id) => [id, this.#invocations.target(() => this.#served(id))]),
    )
  }

  /** Milliseconds of the cold start of an invocation, if it was one; known until asked. */
  coldStartOf(requestId: string | undefined): number | undefined {
    return this.#invocations.coldStartOf(requestId)
  }

  /**
   * Loads these.
   * @throws StartError when one is broken, and nobody would notice it being mended
   */
  async start(functions: ReadonlyMap<string, FunctionSettings>): Promise<void> {
    this.#sayNames(functions)
    const served = [...functions].map(([id, settings]) => this.#add(id, settings))
    // At once, so that a request that comes meanwhile waits.
    const loading = served.map(({ target }) => target.start())
    await this.#watchThese(served)
    await Promise.all(loading)
    if (this.#watch || !served.some(({ target }) => target.isBroken)) return
    throw new StartError('Nothing is served. Mend it and start again, or start with --watch')
  }

  /**
   * Serves these from now on. Those that are as before go on with the environments they have, others
   * are started anew. Returns what ends those that are gone, for when nothing asks for them any more.
   */
  apply(functions: ReadonlyMap<string, FunctionSettings>): () => void {
    this.#sayNames(functions)
    const added = [...functions].filter(([id]) => !this.#functions.has(id))
    for (const [id, served] of this.#functions) {
      const settings = functions.get(id)
      const wasRemoved = served.removal !== undefined
      served.removal = settings ? undefined : {}
      if (settings) this.#replace(served, settings)
      // Nobody has taken changes of its files meanwhile.
      if (settings && wasRemoved) this.#reload(served, false)
    }
    const fresh = added.map(([id, settings]) => this.#add(id, settings))
    for (const { target } of fresh) void target.start()
    void this.#watchThese(fresh)
    const gone = [...this.#functions].filter(([, { removal }]) => removal)
    const removals = gone.map(([id, served]) => [id, served, served.removal] as const)
    return () => {
      for (const [id, served, removal] of removals) {
        if (served.removal === removal) this.#end(id, served)
      }
    }
  }

  /** Takes what has been made meanwhile, where it is another. */
  takeMade(): void {
    const held = [...this.#held]
    // They are held again where more is under way already.
    this.#held.clear()
    for (const served of held) if (!served.removal) this.#reload(served)
  }

  async close(): Promise<void> {
    await Promise.all(this.#closing)
    await this.#watch?.close()
    await Promise.all([...this.#functions.values()].map(({ target }) => target.close()))
  }

  #sayNames(functions: ReadonlyMap<string, FunctionSettings>): void {
    this.#terminal.serves([...functions.values()].map(({ functionName }) => functionName))
  }

  #add(id: string, settings: FunctionSettings): ServedFunction {
    const load = (signal: AbortSignal, current: LoadedFunction | undefined) =>
      this.#load(served, signal, current)
    const target = new ReloadingTarget(load, {
      loaded: (loaded) => this.#loaded(id, loaded),
      failed: (error) => this.#failed(id, error),
      late: (hasGood) => this.#late(served.settings.functionName, hasGood),
    })
    const state = {
      lacking: [],
      isLoaded: false,
      failure: undefined,
      isEdited: false,
      removal: undefined,
    }
    const served: ServedFunction = { settings, target, files: [settings.file], ...state }
    this.#functions.set(id, served)
    return served
  }

  #served(id: string): ServedFunction {
    const served = this.#functions.get(id)
    if (served) return served
    throw new Error(`${id} is no more served`)
  }

  #replace(served: ServedFunction, settings: FunctionSettings): void {
    const isSame = isSameFunction(served.settings, settings)
    served.settings = settings
    if (isSame) return
    Object.assign(served, { files: [...served.files, settings.file], isEdited: true })
    void this.#watchThese([served])
    served.target.reload()
  }

  #end(id: string, { target }: ServedFunction): void {
    this.#functions.delete(id)
    this.#watchOnlyThese()
    const closing = target.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  async #watchThese(served: readonly ServedFunction[]): Promise<void> {
    await this.#watch?.open(served.map(({ settings }) => settings.file))
    // Some may have been loaded before.
    for (const { files } of served) this.#watch?.add(files)
  }

  // Each synth of the CDK has its assets in other folders.
  #watchOnlyThese(): void {
    const served = [...this.#functions.values()]
    this.#watch?.keep(served.flatMap(({ files, lacking }) => [...files, ...lacking]))
  }

  #createWatch(): FunctionWatch {
    return new FunctionWatch({
      changed: (file) => this.#changed(file),
      replaced: (isInside) => this.#replaced(isInside),
      failed: (text) => this.#print('yellow', text),
    })
  }

  #changed(file: string): void {
    for (const served of this.#functions.values()) {
      const { target, files } = served
      if (files.includes(file)) served.isEdited = true
      // What a broken one lacks may be a file that has never been there.
      if (!served.removal && (files.includes(file) || target.isBroken)) this.#reload(served)
    }
  }

  #replaced(isInside: (file: string) => boolean): void {
    for (const served of this.#functions.values()) {
      if (!served.removal && served.files.some(isInside)) this.#reload(served)
    }
  }

  #reload(served: ServedFunction, isForced = !this.#isMade(served)): void {
    if (this.#isUnderWay(served)) this.#held.add(served)
    else served.target.reload(isForced)
  }

  async #load(
    served: ServedFunction,
    signal: AbortSignal,
    current: LoadedFunction | undefined,
  ): Promise<LoadedFunction> {
    if (!current || !this.#isUnderWay(served)) {
      return loadFunction(served.settings, this.#watch !== undefined, signal, current)
    }
    this.#held.add(served)
    return current
  }

  #isMade({ settings }: ServedFunction): boolean {
    return this.#made?.covers(settings.file) === true
  }

  #isUnderWay(served: ServedFunction): boolean {
    return this.#made?.isUnderWay === true && this.#isMade(served)
  }

  #loaded(id: string, { files, initMs }: LoadedFunction): void {
    const served = this.#functions.get(id)
    if (!served) return
    const verb = served.isLoaded ? 'reloaded' : 'loaded'
    if (!served.isLoaded) void this.#sayUnseen(id, served.settings)
    Object.assign(served, { files, lacking: [], isLoaded: true, failure: undefined })
    this.#watch?.add(files)
    this.#watchOnlyThese()
    const { functionName, file } = served.settings
    const inside = relative('', file)
    const name = inside.startsWith('..') ? file : inside
    this.#print('dim', `${functionName}: ${verb} ${name} in ${Math.round(initMs)} ms`)
  }

  async #sayUnseen(id: string, settings: FunctionSettings): Promise<void> {
    const text = await unseenLine(settings, this.#functions.size > 1 ? `${id}.` : '')
    if (text !== undefined) this.#print('yellow', `${settings.functionName}: ${text}`)
  }

  #failed(id: string, { message, files }: LoadError): void {
    this.#watch?.add(files)
    const served = this.#functions.get(id)
    if (served) served.lacking = files
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

  #print(style: 'dim' | 'red' | 'yellow', text: string): void {
    const { print, error, paint } = this.#terminal
    const painted = paint(style, printableLines(text))
    if (style === 'red') error(painted)
    else print(painted)
  }
}
