import type { Answer } from '../answer/answer.ts'
import { differencesOf } from '../differences/differences.ts'
import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import type { HeaderLine } from '../types.ts'
import type { Arena, Kept } from './arena.ts'
import type { RecordedBody, RecordedExchange, Timing } from './recorded-exchange.ts'

interface KeptBodies {
  readonly body: Kept | undefined
  readonly payload: Kept | undefined
  readonly answer: Kept | undefined
}

const mostLogBytes = 64 * 1024
const nothing = Buffer.alloc(0)

/** Keeps one exchange; how it is shown is worked out when somebody asks. */
export class Recording {
  readonly id: number
  readonly #arena: Arena
  #observation: Observation
  #entry: LogEntry | undefined
  #kept: KeptBodies | undefined
  #log: string[] | undefined
  #logBytes = 0

  constructor(id: number, observation: Observation, arena: Arena) {
    this.id = id
    this.#observation = observation
    this.#arena = arena
  }

  get requestId(): string | undefined {
    return this.#observation.requestId
  }

  /** False once some of it has been overwritten by later exchanges. */
  get isWhole(): boolean {
    const { body, payload, answer } = this.#kept ?? {}
    return [body, payload, answer].every((part) => !part || this.#arena.has(part))
  }

  /** Its bodies go where they cost nothing, and with the head the certificate of the client. */
  end(entry: LogEntry): void {
    const { head, body, event, payload, answer, streamedBytes } = this.#observation
    const sent = head?.method === 'HEAD' ? nothing : answer?.body
    this.#kept = {
      body: body && this.#arena.keep(body),
      payload: payload === undefined ? undefined : this.#arena.keepDocument(payload),
      answer: sent && this.#arena.keep(sent, streamedBytes),
    }
    this.#entry = entry
    this.#observation = {
      ...this.#observation,
      ...(body && { body: nothing }),
      ...(event && { event: { ...event, body: '' } }),
      ...(payload !== undefined && { payload: '' }),
      ...(answer && { answer: withoutBody(answer) }),
    }
  }

  /** A line that the function wrote. */
  wrote(line: string): void {
    this.#logBytes += line.length
    if (this.#logBytes > mostLogBytes) return
    this.#log ??= []
    this.#log.push(line)
  }

  toExchange(): RecordedExchange {
    const whole = this.#whole()
    const { head, passedOver, body, event, multiValueHeaders, payload, answer } = whole
    const { method = '-', target = '-', httpVersion = '-', rawHeaders = [] } = head ?? {}
    const arn = event?.requestContext.elb.targetGroupArn
    const { body: ofRequest, payload: ofDocument, answer: ofAnswer } = this.#kept ?? {}
    return {
      id: this.id,
      isOver: this.#entry !== undefined,
      ...(this.#entry && { entry: this.#entry }),
      request: {
        method,
        target,
        httpVersion,
        lines: linesOf(rawHeaders),
        ...(body && { body: bodyOf(body, ofRequest) }),
      },
      passedOver,
      ...(arn !== undefined && {
        targetGroup: { arn, multiValueHeaders: multiValueHeaders === true },
      }),
      ...(event && { event }),
      ...(payload !== undefined && { document: textOf(payload, ofDocument) }),
      ...(answer && {
        response: {
          status: answer.status,
          phrase: answer.phrase,
          lines: answer.lines,
          body: bodyOf(answer.body, ofAnswer),
        },
      }),
      differences: isCut(ofRequest, ofDocument, ofAnswer) ? [] : differencesOf(whole),
      timing: timingOf(this.#entry),
      functionLog: this.#log ?? [],
      isFunctionLogCut: this.#logBytes > mostLogBytes,
    }
  }

  /** With its bodies, or as much as is kept of them. */
  #whole(): Observation {
    const observation = this.#observation
    if (!this.#kept) return observation
    const body = this.#kept.body && this.#arena.read(this.#kept.body)
    const { payload, answer } = this.#kept
    const { event } = observation
    return {
      ...observation,
      ...(body && { body }),
      ...(event && body && { event: { ...event, body: bodyText(body, event.isBase64Encoded) } }),
      ...(payload && { payload: this.#arena.read(payload).toString() }),
      ...(observation.answer &&
        answer && { answer: { ...observation.answer, body: this.#arena.read(answer) } }),
    }
  }
}

// A body that goes as it comes is a getter, which a spread would call.
function withoutBody({ status, phrase, lines, keepAlive }: Answer): Answer {
  return { status, phrase, lines, keepAlive, body: nothing }
}

function bodyText(body: Buffer, isBase64: boolean): string {
  return body.toString(isBase64 ? 'base64' : 'utf8')
}

function bodyOf(bytes: Buffer, kept: Kept | undefined): RecordedBody {
  return { bytes, length: kept?.length ?? bytes.length, isCut: isCut(kept) }
}

function textOf(text: string, kept: Kept | undefined) {
  return { text, length: kept?.length ?? Buffer.byteLength(text), isCut: isCut(kept) }
}

function isCut(...kept: (Kept | undefined)[]): boolean {
  return kept.some((each) => each !== undefined && each.bytes < each.length)
}

function linesOf(rawHeaders: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''])
  }
  return lines
}

function timingOf(entry: LogEntry | undefined): Timing {
  if (!entry) return {}
  const { requestProcessingMs, queuedMs, initMs, targetProcessingMs, responseProcessingMs } = entry
  const before = (queuedMs ?? 0) + (initMs ?? 0)
  return {
    ...(requestProcessingMs !== undefined && { receivedMs: requestProcessingMs }),
    ...(queuedMs !== undefined && { queuedMs }),
    ...(initMs !== undefined && { initMs }),
    ...(targetProcessingMs !== undefined && { invokeMs: Math.max(0, targetProcessingMs - before) }),
    ...(responseProcessingMs !== undefined && { sentMs: responseProcessingMs }),
  }
}
