import type { Difference } from '../../differences/difference.ts'
import type { LogEntry } from '../../log/log.ts'
import { printable, shortened } from '../../log/printable.ts'
import type { Paint } from './request-line.ts'

// Names come from clients, who can think of any number of them.
const mostOfAKind = 20

/** Tells each difference once per route, with the row that explains it. */
export class DifferenceLines {
  readonly #told = new Map<Difference['key'], Set<string>>()

  /** A line for each that has not been told of the route of this exchange; empty for none. */
  linesFor(entry: LogEntry, differences: readonly Difference[], paint: Paint): string[] {
    const route = routeOf(entry)
    return differences.flatMap(({ key, sentence }) => {
      const told = this.#told.get(key) ?? new Set()
      this.#told.set(key, told)
      const shown = shortened(printable(sentence), 200)
      const news = `${route} ${shown}`
      if (told.has(news) || told.size >= mostOfAKind) return []
      told.add(news)
      const isLast = told.size === mostOfAKind ? '; no more of these are told' : ''
      return paint('yellow', `    ${shown}${isLast} (docs/alb-behaviour.md#${key})`)
    })
  }
}

/** Method and rule, or the path of the default rule with a star for what looks like an id. */
function routeOf({ method, target, rulePriority, targetGroupArn }: LogEntry): string {
  const name = shortened(method, 40)
  if (rulePriority) return `${name} ${rulePriority} ${targetGroupArn}`
  const [path = ''] = target.split('?')
  const pattern = path.replace(/\/(?:\d+|[0-9a-f-]{16,})(?=\/|$)/gi, '/*')
  return `${name} ${shortened(pattern, 200)}`
}
