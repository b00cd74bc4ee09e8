/** What Node printed on stderr when it gave up, as far as it can be told. */
export interface CrashReport {
  /** `Error: boom` */
  readonly headline?: string
  /** `file:///app/lambda.mjs:3` */
  readonly location?: string
}

const frame = /^ {4}at /
const position = /^(?:file:\/\/|\/|[A-Z]:\\).*:\d+$/

/** Finds the error and its place in the last lines of stderr. */
export function toCrashReport(lines: readonly string[]): CrashReport {
  const firstFrame = lines.findIndex((line) => frame.test(line))
  const headline = firstFrame > 0 ? lines[firstFrame - 1] : undefined
  const location = lines.findLast((line) => position.test(line))
  return { ...(headline && { headline }), ...(location && { location }) }
}
