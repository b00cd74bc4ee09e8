import { METHODS } from 'node:http'

type Json = Readonly<Record<string, unknown>>

const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/
const BASE64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/

const AUTHORITY = /^(?:[\w\-.!~*'()%;:&=+$,[\]]|@(?!@))*$/

/** What the handler owes an event: an error, Node's 400 or 417, or the request that the app is to see. */
export type Expected =
  | { readonly code: 'ALB_ERR_NOT_AN_ALB_EVENT' }
  | { readonly code: 'ALB_ERR_INVALID_EVENT'; readonly fields: readonly string[] }
  | { readonly code: undefined; readonly isRefused: true; readonly status: 400 | 417 }
  | {
      readonly code: undefined
      readonly isRefused: false
      readonly method: string
      readonly bodyBytes: number
    }

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
    (isText(event.httpMethod) && event.httpMethod !== '') || 'httpMethod',
    (isText(event.path) && event.path !== '') || 'path',
    areValues(event[headers ?? ''], isMulti) || (headers ?? ''),
    areValues(event[query ?? ''], isMulti) || (query ?? ''),
    isBoolean(event.isBase64Encoded) || 'isBase64Encoded',
    isBody(event) || 'body',
  ].filter((field) => typeof field === 'string')
  if (fields.length > 0) return { code: 'ALB_ERR_INVALID_EVENT', fields }
  const request = {
    method: String(event.httpMethod),
    target: targetOf(event.path, linesOf(event[query ?? ''])),
    lines: linesOf(event[headers ?? '']),
  }
  if (!isTaken(request)) return { code: undefined, isRefused: true, status: 400 }
  if (!isMet(request)) return { code: undefined, isRefused: true, status: 417 }
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8'
  const bodyBytes = Buffer.from(String(event.body ?? ''), encoding).length
  return { code: undefined, isRefused: false, method: request.method, bodyBytes }
}

/** Whether Node's server would ask the app, which has no listener for expectations. */
function isMet({ lines }: Request): boolean {
  const expected = lines.filter(([name]) => name.toLowerCase() === 'expect')
  if (expected.length === 0) return true
  return /(?:^|\W)100-continue(?:$|\W)/i.test(expected.map(([, value]) => value).join(', '))
}

type Line = readonly [name: string, value: string]

interface Request {
  readonly method: string
  readonly target: string
  readonly lines: readonly Line[]
}

/** Whether a Node server would give the request to its app. */
function isTaken({ method, target, lines }: Request): boolean {
  if (!METHODS.includes(method) || method === 'CONNECT') return false
  if (/[\t ]/.test(target) || CONTROL.test(target)) return false
  const authority = /^[a-z]+:\/\/([^/?]*)/i.exec(target)?.[1]
  if (!/^[/*]/.test(target) && !(authority !== undefined && AUTHORITY.test(authority))) return false
  const lengths = lines.filter(([name]) => name.toLowerCase() === 'content-length')
  return (
    lengths.length < 2 &&
    lengths.every(([, value]) => /^[\t ]*\d+[\t ]*$/.test(value) && Number(value) < 2 ** 64) &&
    lines.every(([name, value]) => TOKEN.test(name) && !CONTROL.test(value))
  )
}

function targetOf(path: unknown, pairs: readonly Line[]): string {
  const query = pairs.map((pair) => pair.join('=')).join('&')
  return pairs.length > 0 ? `${path}?${query}` : String(path)
}

function linesOf(values: unknown): Line[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): Line => [name, String(one)]),
  )
}

/** Whether the document must have multi-value headers. */
export function isMultiValue(event: unknown): boolean {
  return (
    isObject(event) && event.multiValueHeaders !== undefined && event.multiValueHeaders !== null
  )
}

function areValues(values: unknown, isMulti: boolean): boolean {
  if (values === undefined || values === null) return true
  if (!isObject(values) || Array.isArray(values)) return false
  return Object.entries(values).every(
    ([name, value]) =>
      (isMulti ? Array.isArray(value) && value.every(isText) : isText(value)) &&
      // A name without values is on no line.
      (isText(name) || (Array.isArray(value) && value.length === 0)),
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
  return typeof value === 'string' && value.isWellFormed()
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
