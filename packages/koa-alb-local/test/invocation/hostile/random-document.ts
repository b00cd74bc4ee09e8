import type { Random } from '../../shared/random.ts'
import * as parts from './document-parts.ts'
import { Fault, type Piece } from './document-parts.ts'

export type Method = 'GET' | 'HEAD' | 'POST'

/** What the client has to get: the page of 502 for one of the faults, or exactly this. */
export type Expected =
  | { readonly faults: readonly string[] }
  | {
      readonly statusLine: string
      /** `name: value`, those the load balancer adds included; `Date` without its value. */
      readonly lines: readonly string[]
      /** One character per byte. */
      readonly body: string
    }

interface Header {
  readonly name: string
  readonly values: readonly string[]
}

/** A document as JSON text, most of them with a fault or two. */
export function randomDocument(
  random: Random,
  multiValueHeaders: boolean,
  method: Method,
): { payload: string; expected: Expected } {
  if (random.once(40)) {
    const [payload, { detail }] = random.pick(parts.noDocuments)
    return { payload, expected: { faults: [detail] } }
  }
  const fields: string[] = []
  const faults: string[] = []
  const take = <Value>(name: string, [json, outcome]: Piece<Value>, otherwise: Value): Value => {
    fields.push(`"${name}":${json}`)
    if (!(outcome instanceof Fault)) return outcome
    faults.push(outcome.detail)
    return otherwise
  }
  const choose = <Value>(good: Piece<Value>[], bad: Piece<Value>[]): Piece<Value> =>
    random.pick(random.once(12) ? bad : good)

  let code = 200
  if (random.once(60)) faults.push('statusCode is missing')
  else code = take('statusCode', choose(parts.goodCodes, parts.badCodes), 200)
  const phrase = random.once(2)
    ? take('statusDescription', choose(parts.descriptions(code), parts.badDescriptions), undefined)
    : undefined
  const body = randomBody(random, take, choose)
  const headers = randomHeaders(random, multiValueHeaders, fields, faults)
  if (random.once(4)) fields.push(random.pick(parts.otherFields))
  // The field of the other mode is not looked into, but null it may not be.
  const otherField = multiValueHeaders ? 'headers' : 'multiValueHeaders'
  if (random.once(8)) take(otherField, random.pick(otherHeaders(otherField)), undefined)
  const payload = `{${shuffled(random, fields).join(random.pick([',', ' ,\n']))}}`
  if (faults.length > 0) return { payload, expected: { faults } }
  return { payload, expected: response(code, phrase, headers, body, method) }
}

const otherHeaders = (field: string): Piece<undefined>[] => [
  ['{"X-Injected":1}', undefined],
  ['7', undefined],
  ['[]', undefined],
  ['null', new Fault(`${field} is null`)],
]

type Take = <Value>(name: string, piece: Piece<Value>, otherwise: Value) => Value
type Choose = <Value>(good: Piece<Value>[], bad: Piece<Value>[]) => Piece<Value>

function randomBody(random: Random, take: Take, choose: Choose): string {
  const flag = random.below(12)
  if (flag === 0) take('isBase64Encoded', random.pick(parts.badFlags), undefined)
  if (flag === 1) take('isBase64Encoded', ['false', undefined], undefined)
  if (flag > 7) {
    take('isBase64Encoded', ['true', undefined], undefined)
    return random.once(5) ? '' : take('body', choose(parts.base64Bodies, parts.badBase64Bodies), '')
  }
  if (random.once(5)) return ''
  const text = take('body', choose(parts.bodies, parts.badBodies), '')
  return Buffer.from(text).toString('latin1')
}

function randomHeaders(
  random: Random,
  multiValueHeaders: boolean,
  fields: string[],
  faults: string[],
): Header[] {
  const field = multiValueHeaders ? 'multiValueHeaders' : 'headers'
  if (random.once(10)) return []
  if (random.once(40)) {
    const bad = random.pick(['null', '[]', '1', '"a: b"', 'true'])
    fields.push(`"${field}":${bad}`)
    faults.push(`${field} is ${bad}`)
    return []
  }
  const headers = new Map<string, Header>()
  const jsons: string[] = []
  for (let count = random.below(7); count > 0; count -= 1) {
    const name = random.pick(parts.names)
    if (headers.has(name)) continue
    const isBad = random.once(25)
    const values = Array.from({ length: multiValueHeaders ? random.below(4) : 1 }, () =>
      random.pick(parts.values),
    )
    headers.set(name, { name, values })
    const list = values.map((value) => JSON.stringify(value))
    if (isBad) {
      const place = multiValueHeaders ? random.below(list.length + 1) : 0
      list.splice(place, multiValueHeaders ? 0 : 1, random.pick(parts.badValues))
      faults.push(`${field}[${JSON.stringify(name)}] is `)
    }
    jsons.push(`${JSON.stringify(name)}:${multiValueHeaders ? `[${list.join()}]` : list.join()}`)
  }
  addFaults(random, multiValueHeaders, jsons, faults)
  fields.push(`"${field}":{${jsons.join()}}`)
  return [...headers.values()]
}

function addFaults(
  random: Random,
  multiValueHeaders: boolean,
  jsons: string[],
  faults: string[],
): void {
  const field = multiValueHeaders ? 'multiValueHeaders' : 'headers'
  if (random.once(25)) {
    const name = random.pick(parts.badNames)
    jsons.splice(
      random.below(jsons.length + 1),
      0,
      `"${name}":${multiValueHeaders ? '["1"]' : '"1"'}`,
    )
    faults.push(`${field} name is `)
  }
  if (multiValueHeaders && random.once(40)) {
    jsons.push(`"x-flat":${random.pick(['"a"', 'null', '1', '{"0":"a"}', 'true'])}`)
    faults.push(`${field}["x-flat"] is `)
  }
  if (random.once(60)) {
    jsons.push(
      `"x-long":${multiValueHeaders ? '[' : ''}"${'l'.repeat(32_768)}"${multiValueHeaders ? ']' : ''}`,
    )
    faults.push('the response headers take ')
  }
}

const hopByHop =
  /^(connection|keep-alive|proxy-authorization|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i

function response(
  code: number,
  phrase: string | undefined,
  headers: readonly Header[],
  body: string,
  method: Method,
): Expected {
  const isBodiless = code === 204 || code === 304
  const lines = headers
    .filter(({ name }) => !hopByHop.test(name))
    .flatMap(({ name, values }) => values.map((value): [string, string] => [name, value]))
  const has = (wanted: string): boolean => lines.some(([name]) => name.toLowerCase() === wanted)
  if (!isBodiless && !has('content-type')) lines.push(['Content-Type', 'application/octet-stream'])
  const measured = withLength(lines, isBodiless ? undefined : lengthOf(lines, body, method))
  return {
    statusLine: `HTTP/1.1 ${code} ${phrase ?? parts.phrases[code]}`,
    lines: [
      ...(has('server') ? [] : ['Server: awselb/2.0']),
      ...(has('date') ? [] : ['Date: ']),
      ...measured.map(([name, value]) => `${name}: ${name === 'Date' ? '' : value}`),
      'Connection: keep-alive',
    ],
    body: isBodiless || method === 'HEAD' ? '' : body,
  }
}

function lengthOf(
  lines: readonly [string, string][],
  body: string,
  method: Method,
): string | undefined {
  const [, given = ''] = lines.find(([name]) => /^content-length$/i.test(name)) ?? []
  if (method !== 'HEAD') return String(body.length)
  if (/^\d+$/.test(given)) return given
  return body === '' ? undefined : String(body.length)
}

function withLength(
  lines: readonly [string, string][],
  length: string | undefined,
): [string, string][] {
  const result: [string, string][] = []
  let isPlaced = length === undefined
  for (const [name, value] of lines) {
    if (!/^content-length$/i.test(name)) result.push([name, value])
    else if (!isPlaced) {
      result.push([name, length ?? ''])
      isPlaced = true
    }
  }
  return isPlaced ? result : [...result, ['Content-Length', length ?? '']]
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const result: Item[] = []
  for (const item of items) result.splice(random.below(result.length + 1), 0, item)
  return result
}
