const mostBytes = 64 * 1024

/** What a function wrote during an exchange. */
export class FunctionLog {
  readonly lines: string[] = []
  #bytes = 0

  get isCut(): boolean {
    return this.#bytes > mostBytes
  }

  wrote(line: string): void {
    this.#bytes += line.length
    if (!this.isCut) this.lines.push(line)
  }
}
