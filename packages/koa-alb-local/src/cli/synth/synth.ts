import { relative } from 'node:path'
import { printableLines } from '../../log/printable.ts'
import { uptimeMs } from '../../time/clock.ts'
import type { TemplateSource } from '../arguments/source.ts'
import type { MadeFiles } from '../functions/made-files.ts'
import { StartError } from '../terminal/start-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { MadeTemplates } from './made-templates.ts'
import { SourceWatch, sourceFolder } from './source-watch.ts'
import { SynthCommand } from './synth-command.ts'

// A command that changes a source each time would run for ever.
const mostEchoes = 3

/** The command that makes the templates: run when they are missing, and when sources change. */
export class Synth implements MadeFiles {
  readonly #text: string
  readonly #command: SynthCommand
  readonly #templates: MadeTemplates
  readonly #terminal: Terminal
  #sources: Promise<SourceWatch> | undefined
  #take: (() => Promise<void>) | undefined
  /** What has changed since a run began. */
  readonly #changed = new Set<string>()
  #isRunning = false
  /** Whether what it has made is being taken, or it runs. */
  #isBusy = false
  /** What was said of the last run, if it failed. */
  #failure: string | undefined
  #isClosed = false

  constructor(command: string, { files }: TemplateSource, terminal: Terminal) {
    this.#text = command
    this.#command = new SynthCommand(command)
    this.#templates = new MadeTemplates(files)
    this.#terminal = terminal
  }

  // One that has failed may have made half of it.
  get isUnderWay(): boolean {
    return this.#isRunning || this.#failure !== undefined
  }

  covers(file: string): boolean {
    return this.#templates.covers(file)
  }

  /**
   * Runs it if a template is missing.
   * @param isWatched whether what changes meanwhile matters
   * @throws StartError when it fails
   */
  async first(isWatched: boolean): Promise<void> {
    const { missing } = this.#templates
    if (missing === undefined) return
    if (isWatched) await this.#open()
    this.#say('dim', `${missing} is not there: ${this.#text}`)
    const startedAt = uptimeMs()
    const { failure, output } = await this.#command.run()
    if (this.#isClosed) return
    if (failure !== undefined) {
      throw new StartError([output, `${this.#text} ${failure}`].filter(Boolean).join('\n'))
    }
    this.#sayTook(startedAt)
  }

  /** Runs it from now on when a source changes, and calls back when it has made something. */
  async watch(take: () => Promise<void>): Promise<void> {
    await this.#open()
    this.#take = take
    this.#runIfChanged()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#command.end()
    const sources = await this.#sources
    await sources?.close()
  }

  #open(): Promise<SourceWatch> {
    this.#sources ??= SourceWatch.open(sourceFolder(process.cwd()), {
      isMade: (path) => this.covers(path),
      changed: (paths) => {
        for (const path of paths) this.#changed.add(path)
        this.#runIfChanged()
      },
      failed: (error) => this.#say('yellow', `changes of sources may go unnoticed: ${error}`),
    })
    return this.#sources
  }

  #runIfChanged(): void {
    const take = this.#take
    if (!take || this.#changed.size === 0 || this.#isBusy || this.#isClosed) return
    void this.#runUntilFresh(take)
  }

  async #runUntilFresh(take: () => Promise<void>): Promise<void> {
    this.#isBusy = true
    this.#isRunning = true
    for (let runs = 1; this.#changed.size > 0; runs += 1) {
      const names = listed([...this.#changed])
      this.#changed.clear()
      if (runs > mostEchoes) {
        this.#say(
          'yellow',
          `${names} changed in each of ${mostEchoes} runs of ${this.#text}: the next change runs it`,
        )
        break
      }
      await this.#run(names)
      const sources = await this.#sources
      await sources?.settled()
      if (this.#isClosed) return
    }
    this.#isRunning = false
    if (this.#failure === undefined) await take()
    this.#isBusy = false
    this.#runIfChanged()
  }

  async #run(names: string): Promise<void> {
    this.#say('dim', `${names} changed: ${this.#text}`)
    const startedAt = uptimeMs()
    const { failure, output } = await this.#command.run()
    if (this.#isClosed) return
    const before = this.#failure
    this.#failure = failure && `${output}\n${failure}`
    if (failure === undefined) return this.#sayTook(startedAt)
    if (output !== '' && this.#failure !== before) this.#say('red', output)
    this.#say('red', `${this.#text} ${failure}; the last good version answers`)
  }

  #sayTook(startedAt: number): void {
    this.#say('dim', `${this.#text} took ${((uptimeMs() - startedAt) / 1000).toFixed(1)} s`)
  }

  #say(style: 'dim' | 'red' | 'yellow', text: string): void {
    const { print, error, paint } = this.#terminal
    const painted = paint(style, printableLines(text))
    if (style === 'red') error(painted)
    else print(painted)
  }
}

function listed(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map((path) => relative('', path))
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
