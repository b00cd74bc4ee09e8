import { printable } from '../log/printable.ts'
import { differenceLine } from './client-differences.ts'
import { type ComparedEvent, type Comparison, countsIn } from './comparison.ts'

/** Each difference in a line, with the numbers of its reasons, which stand below. */
export function comparisonText({ events }: Comparison): string {
  const reasons: string[] = []
  const numberOf = (reason: string): number => {
    if (!reasons.includes(reason)) reasons.push(reason)
    return reasons.indexOf(reason) + 1
  }
  const paragraphs = events
    .filter(({ differences }) => differences.length > 0)
    .map((event) => ({ event, lines: eventLines(event, numberOf) }))
  const notes = reasons.map((reason, index) => `[${index + 1}] ${reason}`)
  const { same, documented, unexpected } = countsIn(events)
  const sum = `${events.length} events: ${same} answered the same, ${documented} differently as documented, ${unexpected} unexpectedly`
  return `${[...inBothModes(paragraphs), ...notes, sum].map(printable).join('\n')}\n`
}

function eventLines(event: ComparedEvent, numberOf: (reason: string) => number): string[] {
  const { differences, oldIsRefused, newIsRefused } = event
  return [
    ...differences.map((each) => {
      const numbers = each.documented.map(({ reason, page }) => numberOf(`${reason} ${page}`))
      return `  ${differenceLine(each)} [${numbers.join(', ') || 'unexpected'}]`
    }),
    ...(oldIsRefused === undefined ? [] : [`  old is refused: ${oldIsRefused}`]),
    ...(newIsRefused === undefined ? [] : [`  new is refused: ${newIsRefused}`]),
  ]
}

interface Paragraph {
  readonly event: ComparedEvent
  readonly lines: readonly string[]
}

/** What is the same in both modes stands there once. */
function inBothModes(paragraphs: readonly Paragraph[]): string[] {
  const told = new Set<Paragraph>()
  return paragraphs.flatMap((paragraph) => {
    if (told.has(paragraph)) return []
    const { event, lines } = paragraph
    const others = paragraphs.filter(
      (other) => other.event.name === event.name && other.lines.join('\n') === lines.join('\n'),
    )
    for (const other of others) told.add(other)
    const modes = others.map((other) => other.event.mode).join(', ')
    return [`${event.name}: ${event.title} (${modes})`, ...lines]
  })
}
