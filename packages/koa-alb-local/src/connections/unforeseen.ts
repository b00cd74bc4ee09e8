import { shownError } from '../log/printable.ts'

/** The last line of defence: says on stderr what nobody had foreseen, so that it can be mended. */
export function reportUnforeseen(where: string, error: unknown): void {
  const lines = [
    `koa-alb-local: not foreseen, ${where}; everything else goes on`,
    shownError(error),
    'Please report this, with these lines and what was asked for',
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

/** The callback as one that never throws: what it throws is reported, and given up is what it was for. */
export function guarded<Args extends unknown[]>(
  where: string,
  callback: (...args: Args) => void,
  giveUp: (...args: Args) => void = () => {},
): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args)
    } catch (error) {
      reportUnforeseen(where, error)
      giveUp(...args)
    }
  }
}
