import { isPromiseLike } from './app.ts'
import { fromBase64 } from './base64.ts'
import { clearTimeout, setTimeout } from './clock.ts'
import { AlbError } from './errors.ts'
import { toFittingResult } from './fit.ts'
import { isToken } from './header-lines.ts'
import { STATUS_CODES } from './http.ts'
import { outline, titleOf } from './outline.ts'
import { remainingMsOf } from './remaining-time.ts'
import { endpointOf, hasMultiValueHeaders, isAlbEvent } from './request.ts'
import { addLine, type Fields, type HttpResponse } from './response.ts'
import type { AlbEvent, AlbResult, LambdaContext } from './types.ts'

/** A document as `onError` may return it; the fields it leaves out get their defaults. */
export interface ErrorResult {
  readonly statusCode: number
  /** Default: code and standard phrase. */
  readonly statusDescription?: string | undefined
  /** Either field will do in either mode; arrays are several values. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | undefined
  readonly body?: string | undefined
  readonly isBase64Encoded?: boolean | undefined
}

/** Answers a failed invocation, or leaves it failed by returning nothing. */
export type OnError = (
  error: unknown,
  invocation: { readonly event: AlbEvent; readonly context: LambdaContext },
) => Answer | Promise<Answer>

// biome-ignore lint/suspicious/noConfusingVoidType: a function that only logs returns void
type Answer = ErrorResult | undefined | void

/**
 * The document that `onError` answers the failed invocation with, in the mode of its event. The
 * answer to an event of another source is that source's affair and stays as it is.
 * @throws `error` when there is no answer, or none in the time that is left; what `onError` throws, with `error` as its cause;
 *   AlbError `ALB_ERR_INVALID_RESULT` when the answer is no document
 */
export async function answerError(
  onError: OnError,
  error: unknown,
  { event, context, limitBytes }: FailedInvocation,
): Promise<AlbResult> {
  let answer: Answer
  try {
    const given = onError(error, { event, context })
    answer = isPromiseLike(given) ? await inTime(given, { event, context }) : given
  } catch (thrown) {
    throw causedBy(thrown, error)
  }
  if (answer === undefined || answer === null) throw error
  if (!isAlbEvent(event)) return answer as AlbResult
  const multiValueHeaders = hasMultiValueHeaders(event)
  try {
    const endpoint = endpointOf(event)
    const { method } = endpoint
    const title = titleOf(endpoint)
    const destination = { method, title, rawHeaders: [], multiValueHeaders, limitBytes }
    const response = { ...toResponse(answer, method), isCompressed: false }
    return await toFittingResult(response, destination)
  } catch (invalid) {
    const reason = invalid instanceof Error ? invalid.message : outline(invalid)
    throw new AlbError('ALB_ERR_INVALID_RESULT', `onError returned no valid document: ${reason}`, {
      cause: error,
    })
  }
}

interface Invoked {
  readonly event: AlbEvent
  readonly context: LambdaContext
}

interface FailedInvocation extends Invoked {
  readonly limitBytes: number
}

/** Left over for sending the answer; of little time, half. */
const MARGIN_MS = 100

/** What `onError` promised, or nothing when it takes longer than the invocation has. */
function inTime(answer: PromiseLike<Answer>, { event, context }: Invoked): PromiseLike<Answer> {
  const remainingMs = remainingMsOf(context)
  if (remainingMs === undefined) return answer
  const timeoutMs = Math.max(remainingMs - MARGIN_MS, remainingMs / 2, 0)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const title = titleOf(endpointOf(event))
      process.emitWarning(`${title}: onError gave no answer within ${Math.round(timeoutMs)} ms`)
      resolve(undefined)
    }, timeoutMs)
    answer.then(resolve, reject).then(() => clearTimeout(timer))
  })
}

function causedBy(thrown: unknown, cause: unknown): unknown {
  const takesCause = thrown instanceof Error && Object.isExtensible(thrown)
  if (takesCause && thrown !== cause && thrown.cause === undefined) {
    Object.defineProperty(thrown, 'cause', { value: cause, configurable: true, writable: true })
  }
  return thrown
}

function toResponse(answer: ErrorResult, method: string): HttpResponse {
  const { statusCode, body = '', isBase64Encoded = false } = answer
  const phrase = STATUS_CODES[statusCode] ?? 'unknown'
  const { statusDescription = `${statusCode} ${phrase}` } = answer
  expectType('statusCode', statusCode, 'number')
  expectType('statusDescription', statusDescription, 'string')
  expectType('body', body, 'string')
  expectType('isBase64Encoded', isBase64Encoded, 'boolean')
  if (!Number.isInteger(statusCode)) {
    throw new TypeError(`statusCode must be an integer, found ${statusCode}`)
  }
  if (!statusDescription.startsWith(`${statusCode} `)) {
    throw new TypeError(`statusDescription must start with "${statusCode} "`)
  }
  const bytes = isBase64Encoded ? fromBase64(body) : body
  if (bytes === undefined) throw new TypeError('body is not valid base64')
  const fields = toFields({
    ...headersIn(answer, 'headers'),
    ...headersIn(answer, 'multiValueHeaders'),
  })
  // As Node leaves the body out that such a response must not have.
  const hasBody = method !== 'HEAD' && statusCode !== 204 && statusCode !== 304
  return { head: { statusCode, statusDescription, fields }, body: hasBody ? bytes : '' }
}

function toFields(headers: object): Fields {
  const fields: Fields = []
  for (const [name, values] of Object.entries(headers)) {
    if (!isToken(name)) throw new TypeError(`header name ${JSON.stringify(name)} is no token`)
    for (const value of Array.isArray(values) ? values : [values]) {
      expectType(`header ${name}`, value, 'string')
      addLine(fields, name, value)
    }
  }
  return fields
}

function headersIn(answer: ErrorResult, field: 'headers' | 'multiValueHeaders'): object {
  const headers: unknown = answer[field]
  if (headers === undefined) return {}
  if (typeof headers === 'object' && headers !== null && !Array.isArray(headers)) return headers
  throw new TypeError(`${field} must be an object`)
}

function expectType(field: string, value: unknown, type: string): void {
  if (typeof value !== type)
    throw new TypeError(`${field} must be a ${type}, found ${typeof value}`)
}
