import { relative } from 'node:path'
import { NotedFiles } from '../files/noted-files.ts'
import { printableLines, shownError } from '../log/printable.ts'
import { ConfigurationError } from '../properties/configuration-error.ts'
import { clearTimeout, setTimeout, uptimeMs } from '../time/clock.ts'
import type { MadeFiles } from './functions/made-files.ts'
import type { Plan } from './plan/plan.ts'
import { isSamePlan, planChanges } from './plan/plan-changes.ts'
import type { Planner } from './planner.ts'
import type { ServedPlan } from './served-plan.ts'
import { StartError } from './terminal/start-error.ts'
import type { Terminal } from './terminal/terminal.ts'

interface Settings {
  readonly planner: Planner
  /** What the served plan was made of. */
  readonly files: NotedFiles
  readonly terminal: Terminal
  /** What is not read while it is under way. */
  readonly made: Pick<MadeFiles, 'isUnderWay'> | undefined
}

// Editors and builds write several files at once: what has changed is read once all of it is quiet.
const checkMs = 150
// A large cdk.out has hundreds of files: most of the time nobody looks.
const restPerCheck = 10
const mostRestMs = 1000
// A build removes files and makes them anew.
const patienceMs = 3000
const mostNamed = 2

/** Plans again when a file changes that the plan was made of, and has the new plan served. */
export class PlanWatch {
  readonly #served: ServedPlan
  readonly #planner: Planner
  readonly #terminal: Terminal
  readonly #made: Settings['made']
  #files: NotedFiles
  readonly #changed = new Set<string>()
  #changedAt = 0
  /** What was said last of why a plan cannot be served. */
  #failure: string | undefined
  #timer: NodeJS.Timeout | undefined
  #checking: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(served: ServedPlan, { planner, files, terminal, made }: Settings) {
    this.#served = served
    this.#planner = planner
    this.#terminal = terminal
    this.#made = made
    this.#files = files
    this.#checkLater()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#checking
  }

  /** Plans with what has been made, and has it served, functions included, once there can be a plan. */
  async take(): Promise<void> {
    await this.#checking
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#checking = this.#takeNow().finally(() => this.#checkLater())
    await this.#checking
  }

  async #takeNow(): Promise<void> {
    for (const path of await this.#files.changed()) this.#changed.add(path)
    const names = [...this.#changed].map(shortName)
    this.#changed.clear()
    if (names.length > 0) await this.#planAgain(names)
    this.#takeMade()
  }

  #checkLater(lastMs = 0): void {
    if (this.#isClosed) return
    const waitMs = Math.min(Math.max(checkMs, restPerCheck * lastMs), mostRestMs)
    this.#timer = setTimeout(() => {
      const begin = uptimeMs()
      this.#checking = this.#check().finally(() => this.#checkLater(uptimeMs() - begin))
    }, waitMs)
  }

  async #check(): Promise<void> {
    if (this.#made?.isUnderWay) return
    const changed = await this.#files.changed()
    if (changed.length > 0) {
      if (this.#changed.size === 0) this.#changedAt = uptimeMs()
      for (const path of changed) this.#changed.add(path)
      return
    }
    if (this.#changed.size === 0) return
    const isGone = [...this.#changed].some((path) => this.#files.isGone(path))
    if (isGone && uptimeMs() - this.#changedAt < patienceMs) return
    const names = [...this.#changed].map(shortName)
    this.#changed.clear()
    await this.#planAgain(names)
    this.#takeMade()
  }

  // Functions that were made for a plan that could not be served wait for one that can.
  #takeMade(): void {
    if (this.#failure === undefined) this.#served.takeMade()
  }

  async #planAgain(names: readonly string[]): Promise<void> {
    const files = new NotedFiles()
    try {
      const { plan } = await this.#planner.plan(files)
      this.#checkBuilt(plan)
      await this.#serve(plan, names)
      this.#failure = undefined
    } catch (error) {
      // What the served plan was made of may be mended, too.
      files.add(this.#files)
      this.#say(sentenceOf(this.#planner.named(error)))
    }
    this.#files = files
  }

  /** A function whose code is being built goes on as it was. */
  #checkBuilt({ unbuilt = new Map<string, string>() }: Plan): void {
    for (const [id, reason] of unbuilt) {
      if (this.#served.plan.functions.has(id)) throw new StartError(reason)
    }
  }

  async #serve(plan: Plan, names: readonly string[]): Promise<void> {
    const { print, paint } = this.#terminal
    const before = this.#served.plan
    const what = listedFiles(names)
    if (isSamePlan(before, plan)) {
      if (this.#failure !== undefined) print(paint('dim', `${what} is as before again`))
      return
    }
    const urls = this.#served.urls()
    const { lines, hint } = await this.#served.apply(plan)
    const changes = planChanges(before, plan).join(', ')
    print(paint('dim', `${what} changed${changes === '' ? '' : `: ${changes}`}`))
    const notes = plan.notes.filter((note) => !before.notes.includes(note))
    for (const note of notes) print(paint('yellow', note))
    for (const line of [...this.#served.listenerLines(urls), ...lines]) print(line)
    if (hint !== undefined) print(paint('dim', hint))
  }

  #say(sentence: string): void {
    if (sentence === this.#failure) return
    this.#failure = sentence
    const { error, paint } = this.#terminal
    error(paint('red', printableLines(sentence)))
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigurationError) return error.message
  return shownError(error)
}

function listedFiles(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(' and ')
  return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown
}

function shortName(path: string): string {
  const inside = relative('', path)
  return inside === '' || inside.startsWith('..') ? path : inside
}
