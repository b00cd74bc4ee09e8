// What a load balancer takes, written down once more and from its documentation alone: nothing here
// comes from the adapter or from the local load balancer.

const FIELDS = ['body', 'isBase64Encoded', 'statusCode', 'statusDescription']
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/
const VISIBLE = /^[\t -~]*$/
const BASE64 = /^(?:[\dA-Za-z+/]{4})*(?:[\dA-Za-z+/]{2}==|[\dA-Za-z+/]{3}=)?$/
const HOP_BY_HOP =
  /^(?:connection|keep-alive|proxy-authorization|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i

/** Why a load balancer would not send this document on as it is meant, or undefined. */
export function faultIn(result: unknown, multiValueHeaders: boolean): string | undefined {
  const payload = JSON.stringify(result)
  if (typeof payload !== 'string') return 'it is no JSON'
  const size = new TextEncoder().encode(payload).length
  if (size > 1_048_576) return `it takes ${size} bytes`
  const document: unknown = JSON.parse(payload)
  if (!isRecord(document)) return 'it is no object'
  const field = multiValueHeaders ? 'multiValueHeaders' : 'headers'
  const names = Object.keys(document).sort().join()
  if (names !== [...FIELDS, field].sort().join()) return `its fields are ${names}`
  return (
    faultInStatus(document) ??
    faultInLines(linesOf(document[field], multiValueHeaders)) ??
    faultInBody(document)
  )
}

function faultInStatus({ statusCode, statusDescription }: Record<string, unknown>) {
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) {
    return `statusCode is ${statusCode}`
  }
  if (typeof statusDescription !== 'string') return 'statusDescription is no text'
  if (!VISIBLE.test(statusDescription)) return 'statusDescription has other characters'
  if (!statusDescription.startsWith(`${statusCode} `)) return 'statusDescription has another code'
  return undefined
}

/** Name and value of each line; undefined where the mode wants another shape. */
function linesOf(headers: unknown, multiValueHeaders: boolean): [string, unknown][] | undefined {
  if (!isRecord(headers)) return undefined
  if (!multiValueHeaders) return Object.entries(headers)
  if (!Object.values(headers).every(Array.isArray)) return undefined
  return Object.entries(headers).flatMap(([name, values]) =>
    // Every value was seen to be an array.
    (values as unknown[]).map((value): [string, unknown] => [name, value]),
  )
}

function faultInLines(lines: [string, unknown][] | undefined): string | undefined {
  if (!lines) return 'its headers are not of the shape of its mode'
  const spellings = new Map<string, string>()
  let bytes = 0
  for (const [name, value] of lines) {
    if (!TOKEN.test(name)) return `the header name ${JSON.stringify(name)} is no token`
    if (HOP_BY_HOP.test(name)) return `${name} is of one connection`
    if (typeof value !== 'string') return `${name} is no text`
    if (!VISIBLE.test(value)) return `${name} has other characters than visible ones`
    const lower = name.toLowerCase()
    if ((spellings.get(lower) ?? name) !== name && lower !== 'set-cookie') {
      return `${name} has two spellings`
    }
    spellings.set(lower, name)
    bytes += `${name}: ${value}\r\n`.length
  }
  return bytes > 32_768 ? `its headers take ${bytes} bytes` : undefined
}

function faultInBody({ body, isBase64Encoded }: Record<string, unknown>): string | undefined {
  if (typeof isBase64Encoded !== 'boolean') return 'isBase64Encoded is no boolean'
  if (typeof body !== 'string') return 'body is no text'
  if (isBase64Encoded) return BASE64.test(body) ? undefined : 'body is no base64'
  return body.isWellFormed() ? undefined : 'body has lone surrogates'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
