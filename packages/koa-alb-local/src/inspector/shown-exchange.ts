import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { Mark } from './mark.ts'
import { maskedDocument, maskedError, maskedEvent, maskedLine } from './masked-parts.ts'
import { differenceRemedies, errorRemedies } from './remedies.ts'
import { requestMarks } from './request-marks.ts'
import { responseMarks } from './response-marks.ts'
import { type Masking, maskedDetail, maskedTarget } from './secrets.ts'
import { type ShownBody, shownBody } from './shown-body.ts'
import { type ShownError, shortened, toShownError } from './shown-error.ts'
import { startLineMarks } from './start-line-marks.ts'

/** A line of the list. */
export interface ExchangeSummary {
  readonly id: number
  /** False while the client waits. */
  readonly isOver: boolean
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly method: string
  readonly target: string
  readonly protocol?: 'http' | 'https' | 'h2'
  readonly listenerPort?: number
  readonly status?: number
  readonly durationMs?: number
  /** 0 for the default rule. */
  readonly rulePriority?: number
  readonly targetGroup?: string
  readonly isColdStart: boolean
  readonly errorReason?: string
  /** Whether something was changed, lost or refused. */
  readonly isNotable: boolean
}

/** Why an exchange is not what one may have expected. */
export interface Reason {
  readonly kind: 'difference' | 'failure'
  readonly sentence: string
  readonly remedy?: string
  /** An `error_reason`, or the key of a difference. */
  readonly key?: string
  /** Where the documents of this project say more. */
  readonly row?: string
}

/** All of an exchange. */
export interface ShownExchange extends ExchangeSummary {
  /** What went wrong, in a sentence. */
  readonly detail?: string
  readonly error?: ShownError
  readonly client?: string
  readonly requestId?: string
  readonly traceId?: string
  readonly classification?: string
  readonly actions: readonly string[]
  readonly billedMs?: number
  readonly documentBytes?: number
  readonly isBase64Encoded?: boolean
  readonly multiValueHeaders?: boolean
  readonly receivedBytes?: number
  readonly sentBytes?: number
  readonly request: {
    readonly startLine: string
    readonly lines: readonly HeaderLine[]
    readonly body?: ShownBody
  }
  readonly passedOver: RecordedExchange['passedOver']
  readonly event?: AlbEvent
  /** JSON text, as far as it is one. */
  readonly document?: { readonly text: string; readonly length: number; readonly isCut: boolean }
  readonly response?: {
    readonly startLine: string
    readonly lines: readonly HeaderLine[]
    readonly body: ShownBody
  }
  /** What went wrong, was lost or changed, and what to do about it; the worst first. */
  readonly why: readonly Reason[]
  /** Where in the parts above it was lost or changed. */
  readonly marks: readonly Mark[]
  readonly timing: RecordedExchange['timing']
  readonly functionLog: readonly string[]
  readonly isFunctionLogCut: boolean
}

export function toSummary(exchange: RecordedExchange, masking: Masking): ExchangeSummary {
  const { id, isOver, entry, request, differences } = exchange
  const about = {
    id,
    isOver,
    method: request.method,
    target: maskedTarget(request.target, masking),
  }
  if (!entry) return { ...about, isColdStart: false, isNotable: false }
  const { type, listenerPort, status, rulePriority, errorReason, initMs, detail } = entry
  return {
    ...about,
    at: entry.requestedAt.getTime(),
    protocol: type,
    listenerPort,
    status,
    durationMs: entry.answeredAt.getTime() - entry.requestedAt.getTime(),
    ...(rulePriority !== undefined && { rulePriority }),
    ...(entry.targetGroupArn !== undefined && { targetGroup: groupName(entry.targetGroupArn) }),
    isColdStart: initMs !== undefined,
    ...(errorReason !== undefined && { errorReason }),
    isNotable: differences.length > 0 || detail !== undefined,
  }
}

export function toShownExchange(exchange: RecordedExchange, masking: Masking): ShownExchange {
  const { request, response, entry, event, document, functionLog, isFunctionLogCut } = exchange
  const { cause, client, requestId, traceId, classification, actions = [] } = entry ?? {}
  const { errorReason } = entry ?? {}
  const { targetProcessingMs, documentBytes, receivedBytes, sentBytes } = entry ?? {}
  const target = maskedTarget(request.target, masking)
  const startLine = `${request.method} ${target} HTTP/${request.httpVersion}`
  const lines = request.lines.map((line) => maskedLine(line, masking))
  const detail =
    entry?.detail === undefined ? undefined : maskedDetail(shortened(entry.detail), masking)
  const isBase64Encoded = document && fieldOf(document.text, 'isBase64Encoded')
  return {
    ...toSummary(exchange, masking),
    ...(detail !== undefined && { detail }),
    ...defined({ client, requestId, traceId, classification, documentBytes }),
    ...defined({
      receivedBytes,
      sentBytes,
      multiValueHeaders: exchange.targetGroup?.multiValueHeaders,
    }),
    ...(cause !== undefined && { error: maskedError(toShownError(cause), errorReason, masking) }),
    ...(targetProcessingMs !== undefined && { billedMs: Math.ceil(targetProcessingMs) }),
    ...(typeof isBase64Encoded === 'boolean' && { isBase64Encoded }),
    actions,
    request: {
      startLine,
      lines,
      ...(request.body && { body: shownBody(request.body, request.lines) }),
    },
    passedOver: exchange.passedOver,
    ...(event && { event: maskedEvent(event, masking) }),
    ...(document && { document: { ...document, text: maskedDocument(document.text, masking) } }),
    ...(response && {
      response: {
        startLine: `${response.status} ${response.phrase}`,
        lines: response.lines.map((line) => maskedLine(line, masking)),
        body: shownBody(response.body, response.lines),
      },
    }),
    why: reasonsFor(exchange, detail),
    marks: [
      ...startLineMarks(startLine, exchange.differences),
      ...requestMarks(exchange),
      ...responseMarks(exchange),
    ],
    timing: exchange.timing,
    functionLog,
    isFunctionLogCut,
  }
}

function reasonsFor(
  { entry, differences }: RecordedExchange,
  detail: string | undefined,
): Reason[] {
  const { errorReason } = entry ?? {}
  const failure: Reason[] =
    detail === undefined
      ? []
      : [
          {
            kind: 'failure',
            sentence: detail,
            ...(errorReason && { remedy: errorRemedies[errorReason], key: errorReason }),
          },
        ]
  const changes = differences.map(
    ({ key, sentence }): Reason => ({
      kind: 'difference',
      sentence,
      key,
      remedy: differenceRemedies[key],
      row: `docs/alb-behaviour.md#${key}`,
    }),
  )
  return [...failure, ...changes]
}

/** The name in `arn:…:targetgroup/name/id`. */
export function groupName(arn: string): string {
  return arn.split('/')[1] ?? arn
}

function fieldOf(text: string, name: string): unknown {
  try {
    return Reflect.get(Object(JSON.parse(text)), name)
  } catch {
    return undefined
  }
}

function defined<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  // What is left has a value.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>
  }
}
