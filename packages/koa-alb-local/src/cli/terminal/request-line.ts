import { styleText } from 'node:util'
import type { LogEntry } from '../../log/log.ts'
import { printable, shortened } from '../../log/printable.ts'
import { shownFailure } from '../../log/shown-failure.ts'
import type { Routed } from './routed.ts'

export type Style = Parameters<typeof styleText>[0]

const documentLimitBytes = 1_048_576

/** How a text is styled; without colours, it is returned as it is. */
export type Paint = (style: Style, text: string) => string

/** Styles for a terminal that knows them, unless NO_COLOR is set. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const isWanted = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const isOn = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : isWanted
  // The stream has been asked already, and styleText of later Nodes would ask it again.
  return isOn ? (style, text) => styleText(style, text, { validateStream: false }) : plain
}

export const plain: Paint = (_style, text) => text

/**
 * One line on an exchange: status, method, request target, where it went, duration, billed duration,
 * share of the document limit, cold start, `error_reason`. Below it, what went wrong.
 */
export function requestLine(
  entry: LogEntry,
  initMs: number | undefined,
  paint: Paint,
  { rule, targetGroup, function: functionName }: Routed = {},
): string {
  const { status, method, target, errorReason, detail, cause } = entry
  const facts = [
    paint(statusStyle(status), String(status)),
    `${shortened(printable(method), 40)} ${shortened(shownTarget(target), 160)}`,
    ...routedFacts([rule, targetGroup, functionName], paint),
    `${entry.answeredAt.getTime() - entry.requestedAt.getTime()} ms`,
    ...invocationFacts(entry, paint),
    ...(initMs === undefined ? [] : [paint('cyan', `cold start ${Math.round(initMs)} ms`)]),
    ...(errorReason === undefined ? [] : [paint('red', errorReason)]),
  ]
  if (detail === undefined && cause === undefined) return facts.join('  ')
  const { headline, remedy, rest } = shownFailure(detail ?? '', cause)
  const why = [
    ...(headline === '' ? [] : [paint('red', indented(headline))]),
    ...(remedy === undefined ? [] : [paint('yellow', indented(remedy))]),
    ...(rest === undefined ? [] : [paint('dim', indented(rest))]),
  ]
  return [facts.join('  '), ...why].join('\n')
}

function invocationFacts(entry: LogEntry, paint: Paint): string[] {
  const { targetProcessingMs, documentBytes, server } = entry
  const facts: string[] = []
  if (server !== undefined) facts.push(server)
  else if (targetProcessingMs !== undefined)
    facts.push(`billed ${Math.ceil(targetProcessingMs)} ms`)
  if (documentBytes !== undefined) {
    const share = (100 * documentBytes) / documentLimitBytes
    const text = `${share.toFixed(1)} % of 1 MB`
    facts.push(share > 80 ? paint('yellow', text) : text)
  }
  return facts
}

function routedFacts(names: readonly (string | undefined)[], paint: Paint): string[] {
  const known = names.filter((name) => name !== undefined)
  const distinct = known.filter((name, index) => name !== known[index - 1])
  const shown = distinct.map((name) => shortened(printable(name), 24))
  return shown.length > 0 ? [paint('cyan', shown.join(' → '))] : []
}

function statusStyle(status: number): Style {
  if (status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}

// One character per byte, and those beyond ASCII may be control characters of the terminal.
function shownTarget(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ')
}
