import { printable } from '../log/printable.ts'
import { differenceLine } from './client-differences.ts'
import { type Comparison, countsIn } from './comparison.ts'

/** Each difference in a line, with the numbers of its reasons, which stand below. */
export function comparisonText({ events }: Comparison): string {
  const reasons: string[] = []
  const numberOf = (reason: string): number => {
    if (!reasons.includes(reason)) reasons.push(reason)
    return reasons.indexOf(reason) + 1
  }
  const lines = events.flatMap((event) => {
    const { name, title, mode, differences, oldIsRefused, newIsRefused } = event
    if (differences.length === 0) return []
    return [
      `${name}: ${title} (${mode})`,
      ...differences.map((each) => {
        const numbers = each.documented.map(({ reason, page }) => numberOf(`${reason} ${page}`))
        return `  ${differenceLine(each)} [${numbers.join(', ') || 'unexpected'}]`
      }),
      ...(oldIsRefused === undefined ? [] : [`  old is refused: ${oldIsRefused}`]),
      ...(newIsRefused === undefined ? [] : [`  new is refused: ${newIsRefused}`]),
    ]
  })
  const notes = reasons.map((reason, index) => `[${index + 1}] ${reason}`)
  const { same, documented, unexpected } = countsIn(events)
  const sum = `${events.length} events: ${same} answered the same, ${documented} differently as documented, ${unexpected} unexpectedly`
  return `${[...lines, ...notes, sum].map(printable).join('\n')}\n`
}
