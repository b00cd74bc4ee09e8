import type { ErrorReason } from '../answer/refusal.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { Masking } from './secrets.ts'
import type { ShownError } from './shown-error.ts'

export function maskedLine([name, value]: HeaderLine, masking: Masking): HeaderLine {
  return [name, masking.field(name, value)]
}

export function maskedEvent(event: AlbEvent, masking: Masking): AlbEvent {
  const { headers, multiValueHeaders, queryStringParameters } = event
  const { multiValueQueryStringParameters } = event
  const field = (name: string, value: string): string => masking.field(name, value)
  const key = (name: string, value: string): string => masking.key(name, value)
  return {
    ...event,
    ...(headers && { headers: mapped(headers, field) }),
    ...(multiValueHeaders && { multiValueHeaders: mapped(multiValueHeaders, field) }),
    ...(queryStringParameters && { queryStringParameters: mapped(queryStringParameters, key) }),
    ...(multiValueQueryStringParameters && {
      multiValueQueryStringParameters: mapped(multiValueQueryStringParameters, key),
    }),
  }
}

/** What is no document, or only the beginning of one, is masked whole: nobody knows what it holds. */
export function maskedDocument(text: string, masking: Masking): string {
  try {
    const document: unknown = JSON.parse(text)
    if (typeof document === 'string') return masking.field('set-cookie', text)
    if (typeof document !== 'object' || document === null) return text
    const fields = Object.entries(document).map(([name, value]) => {
      return [name, name === 'body' ? value : maskedField(name, value, masking)]
    })
    return JSON.stringify(Object.fromEntries(fields))
  } catch {
    return masking.field('set-cookie', text)
  }
}

export function maskedError(
  error: ShownError,
  errorReason: ErrorReason | undefined,
  masking: Masking,
): ShownError {
  // What is no JSON is quoted in the error that says so.
  const name = errorReason === 'LambdaInvalidResponse' ? 'set-cookie' : ''
  const message = masking.field(name, error.message)
  return { ...error, message, text: masking.field(name, error.text) }
}

/** By the name it stands under, wherever that is: functions for other gateways nest otherwise. */
function maskedField(name: string, value: unknown, masking: Masking): unknown {
  if (typeof value === 'string') {
    return masking.field(name.toLowerCase() === 'cookies' ? 'set-cookie' : name, value)
  }
  if (Array.isArray(value)) return value.map((each) => maskedField(name, each, masking))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([each, inner]) => {
    return [each, maskedField(each, inner, masking)]
  })
  return Object.fromEntries(fields)
}

function mapped<Values extends object>(
  values: Values,
  change: (name: string, value: string) => string,
): Values {
  const changed = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return change(name, value)
    return Array.isArray(value) ? value.map((each) => changed(name, each)) : value
  }
  // The values keep their types.
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, changed(name, value)]),
  ) as Values
}
