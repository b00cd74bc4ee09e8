import type { LogEntry } from '../../log/log.ts'
import { shownError } from '../../log/printable.ts'
import { consoleLine } from './function-line.ts'
import type { Routed } from './routed.ts'

/** An exchange as an object on one line. */
export function requestAsJson(
  entry: LogEntry,
  initMs: number | undefined,
  { rule, targetGroup, function: functionName }: Routed,
): string {
  const { requestedAt, answeredAt, status, method, target, cause } = entry
  return JSON.stringify({
    type: 'request',
    time: requestedAt.toISOString(),
    status,
    method,
    target,
    durationMs: answeredAt.getTime() - requestedAt.getTime(),
    server: entry.server,
    ...(entry.targetProcessingMs !== undefined &&
      entry.server === undefined && { billedMs: Math.ceil(entry.targetProcessingMs) }),
    documentBytes: entry.documentBytes,
    coldStartMs: initMs,
    rule,
    targetGroup,
    function: functionName,
    requestId: entry.requestId,
    traceId: entry.traceId,
    errorReason: entry.errorReason,
    detail: entry.detail,
    ...(cause !== undefined && { error: shownError(cause) }),
  })
}

/** A line of a function as an object on one line. */
export function lineAsJson(functionName: string, line: string, requestId?: string): string {
  const { level, time, text, requestId: own } = consoleLine(line) ?? { text: line }
  const known = own === undefined || own === '-' ? requestId : own
  return JSON.stringify({
    type: 'line',
    function: functionName,
    time,
    level,
    requestId: known,
    text,
  })
}

/** What the load balancer itself has to say, as an object on one line. */
export function messageAsJson(text: string): string {
  return JSON.stringify({ type: 'message', text })
}

/** The line that Lambda writes in front of an invocation. */
export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`
}

/** Those behind it; the memory that was used is not known here. */
export function reportLines(
  requestId: string,
  {
    ms,
    initMs,
    memoryLimitInMB,
  }: { ms: number; initMs?: number | undefined; memoryLimitInMB: number },
): string {
  const facts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${ms.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(ms + (initMs ?? 0))} ms`,
    `Memory Size: ${memoryLimitInMB} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ]
  return `END RequestId: ${requestId}\n${facts.join('\t')}`
}
