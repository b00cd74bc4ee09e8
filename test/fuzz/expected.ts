type Json = Readonly<Record<string, unknown>>

const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/
const BASE64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/

/** What the handler owes an event: a refusal, or the request that the app is to see. */
export type Expected =
  | { readonly code: 'ALB_ERR_NOT_AN_ALB_EVENT' }
  | { readonly code: 'ALB_ERR_INVALID_EVENT'; readonly fields: readonly string[] }
  | { readonly code: undefined; readonly method: string; readonly bodyBytes: number }

/** Written from the contract, sharing nothing with the adapter. */
export function expectedOf(event: unknown): Expected {
  if (!isObject(event) || !isObject(event.requestContext) || !isObject(event.requestContext.elb)) {
    return { code: 'ALB_ERR_NOT_AN_ALB_EVENT' }
  }
  const isMulti = isMultiValue(event)
  const [headers, query] = isMulti
    ? ['multiValueHeaders', 'multiValueQueryStringParameters']
    : ['headers', 'queryStringParameters']
  const fields = [
    isMatch(event.httpMethod, TOKEN) || 'httpMethod',
    (isText(event.path) && event.path !== '') || 'path',
    areValues(event[headers ?? ''], isMulti, (name) => TOKEN.test(name)) || (headers ?? ''),
    areValues(event[query ?? ''], isMulti, isText) || (query ?? ''),
    isBoolean(event.isBase64Encoded) || 'isBase64Encoded',
    isBody(event) || 'body',
  ].filter((field) => typeof field === 'string')
  if (fields.length > 0) return { code: 'ALB_ERR_INVALID_EVENT', fields }
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8'
  const bodyBytes = Buffer.from(String(event.body ?? ''), encoding).length
  return { code: undefined, method: String(event.httpMethod), bodyBytes }
}

/** Whether the document must have multi-value headers. */
export function isMultiValue(event: unknown): boolean {
  return (
    isObject(event) && event.multiValueHeaders !== undefined && event.multiValueHeaders !== null
  )
}

function areValues(values: unknown, isMulti: boolean, isName: (name: string) => boolean): boolean {
  if (values === undefined || values === null) return true
  if (!isObject(values) || Array.isArray(values)) return false
  return Object.entries(values).every(
    ([name, value]) =>
      (isMulti ? Array.isArray(value) && value.every(isText) : isText(value)) &&
      // A name without values is on no line.
      (isName(name) || (Array.isArray(value) && value.length === 0)),
  )
}

function isBody({ body, isBase64Encoded }: Json): boolean {
  if (body === undefined || body === null || body === '') return true
  if (typeof body !== 'string') return false
  return isBase64Encoded === true ? BASE64.test(body) : body.isWellFormed()
}

function isBoolean(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean'
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !CONTROL.test(value)
}

function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
