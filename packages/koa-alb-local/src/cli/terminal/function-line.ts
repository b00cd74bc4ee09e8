import type { Paint, Style } from './request-line.ts'

/** A line that a function wrote with `console`, in its parts. */
export interface ConsoleLine {
  readonly time: string
  readonly requestId: string
  readonly level: string
  readonly text: string
}

const format =
  /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\t([0-9a-f-]+)\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t(.*)$/s

/** The parts of a line as Lambda's `console` writes it; undefined for any other line. */
export function consoleLine(line: string): ConsoleLine | undefined {
  const [, time, requestId, level, text] = format.exec(line) ?? []
  if (time === undefined || requestId === undefined) return undefined
  return { time, requestId, level: level ?? '', text: text ?? '' }
}

const colours = ['cyan', 'magenta', 'blue', 'green'] as const
const levelStyles: Readonly<Record<string, Style>> = { WARN: 'yellow', ERROR: 'red', FATAL: 'red' }

/** Shows lines of functions with ten characters in front: the level, with several the function. */
export class FunctionLines {
  readonly #short: ReadonlyMap<string, string>
  readonly #paint: Paint
  readonly #isTerminal: boolean

  constructor(short: ReadonlyMap<string, string>, paint: Paint, isTerminal: boolean) {
    this.#short = short
    this.#paint = paint
    this.#isTerminal = isTerminal
  }

  shown(name: string, line: string): string {
    const parts = consoleLine(line)
    if (!parts) return this.#plain(name, line)
    const { level, text } = parts
    const style = levelStyles[level]
    const shownText = style ? this.#paint(style, text) : text
    if (this.#short.size < 2) {
      return `${this.#paint(style ?? 'dim', `${level.padEnd(7)} │`)} ${shownText}`
    }
    const letter = this.#paint(style ?? 'dim', level.slice(0, 1))
    return `${this.name(name)} ${letter}${this.#paint('dim', '│')} ${shownText}`
  }

  /** The short name of a function in its colour. */
  name(name: string): string {
    const index = [...this.#short.keys()].indexOf(name)
    const colour = colours[index % colours.length] ?? 'dim'
    return this.#paint(colour, (this.#short.get(name) ?? name).padEnd(6))
  }

  // Programs read such lines from a pipe, as those of a logger in JSON.
  #plain(name: string, line: string): string {
    if (this.#short.size < 2 || !this.#isTerminal) return line
    return `${this.name(name)}  ${this.#paint('dim', '│')} ${line}`
  }
}
