// Time, request id, level and text, with tabs between, as both clients write what goes to the console.
const consoleLine = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t(\S+)\t[A-Z]+\t/

/** Says which request each line of a function process belongs to. */
export class AttributedLines {
  #latest: string | undefined

  /** From now on, lines that do not say so themselves are of this request. */
  begin(requestId: string): void {
    this.#latest = requestId
  }

  /** Undefined before the first request. */
  requestOf(line: string): string | undefined {
    const [, named] = consoleLine.exec(line) ?? []
    // A text of several lines says it in the first only.
    if (named !== undefined && named !== '-') this.#latest = named
    return this.#latest
  }
}
