import { isUtf8 } from 'node:buffer'
import { type ParityRequest, type RequestMessage, toMessage } from './requests.ts'
import type { HeaderLine } from './response-bytes.ts'

// Each function is one row of "What cannot be the same" in docs/alb-behaviour.md, on the way in: it
// turns the request a client sends into the one a load balancer passes on. app.listen() is sent the
// latter; from there on, everything has to be equal. None shares code with the load balancer.

export type Mode = 'single' | 'multi'

export interface Listener {
  readonly mode: Mode
  readonly port: number
}

type RequestDifference = (request: RequestMessage, listener: Listener) => RequestMessage

const requestDifferences: readonly RequestDifference[] = [
  /** An absolute-form target gives its authority to `host`. */
  function absoluteTarget(request) {
    const [, authority, target] = /^http:\/\/([^/]+)(\/.*)$/s.exec(request.target) ?? []
    if (authority === undefined || target === undefined) return request
    return { ...request, target, lines: [...without(request.lines, 'host'), ['host', authority]] }
  },

  /** The load balancer answers `100 Continue` itself. */
  function expectation(request) {
    return { ...request, lines: without(request.lines, 'expect') }
  },

  /** Headers without a value get lost. */
  function emptyHeaders(request) {
    return { ...request, lines: request.lines.filter(([, value]) => trimmed(value) !== '') }
  },

  /** Names are in lower case. */
  function headerNames(request) {
    const lines = request.lines.map(
      ([name, value]): HeaderLine => [name.toLowerCase(), trimmed(value)],
    )
    return { ...request, lines }
  },

  /** `host` is in lower case and has the listener's port, unless that is 80. */
  function host(request, { port }) {
    const lines = request.lines.map(([name, value]): HeaderLine => {
      if (name !== 'host') return [name, value]
      const [, bare, given] = /^(.*?)(?::(\d+))?$/.exec(value) ?? []
      const lower = (bare ?? '').replace(/[A-Z]/g, (letter) => letter.toLowerCase())
      return [name, port === 80 ? lower : `${lower}:${given ?? port}`]
    })
    return { ...request, lines }
  },

  /** The client's address is appended; port and protocol are the listener's. */
  function forwarded(request, { port }) {
    const sent = request.lines
      .filter(([name]) => name === 'x-forwarded-for')
      .map(([, value]) => value)
    const names = ['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', traceHeader]
    const lines: HeaderLine[] = [
      ...without(request.lines, ...names),
      ['x-forwarded-for', [...sent, '127.0.0.1'].join(', ')],
      ['x-forwarded-port', String(port)],
      ['x-forwarded-proto', 'http'],
    ]
    return { ...request, lines }
  },

  /** In single mode the last of several lines with one name wins. */
  function repeatedHeaders(request, { mode }) {
    if (mode === 'multi') return request
    return { ...request, lines: [...new Map(request.lines)] }
  },

  /** Names come sorted; those that JavaScript takes for array indexes before all others. */
  function headerOrder(request) {
    return { ...request, lines: request.lines.toSorted(([a], [b]) => compareKeys(a, b)) }
  },

  /** `?k` is `?k=`, empty pairs vanish, keys come sorted, in single mode the last value wins. */
  function query(request, { mode }) {
    const [path = '', ...rest] = request.target.split('?')
    const pairs = rest
      .join('?')
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => {
        const [key = '', ...value] = pair.split('=')
        return [key, value.join('=')]
      })
    const kept = mode === 'single' ? [...new Map(pairs)] : pairs
    const sorted = kept.toSorted(([a], [b]) => compareKeys(a, b)).map((pair) => pair.join('='))
    return { ...request, target: sorted.length > 0 ? `${path}?${sorted.join('&')}` : path }
  },
]

/** Its value is new in every request, so it is looked at apart. */
export const traceHeader = 'x-amzn-trace-id'

/** The request as the load balancer passes it on. */
export function passedOn(request: ParityRequest, listener: Listener): RequestMessage {
  const whole = toMessage(wholeBody(request))
  return requestDifferences.reduce((passed, difference) => difference(passed, listener), whole)
}

/** A chunked body is collected first, so that its length is known. */
function wholeBody(request: ParityRequest): ParityRequest {
  if (!request.chunkSizes) return request
  return { ...request, chunkSizes: null, declaresEmptyBody: true }
}

/**
 * Whether a load balancer can put the request in an event, which is JSON: path, query, header
 * values and bodies of text types have to be UTF-8.
 */
export function isCarried(request: ParityRequest): boolean {
  const headers = passedOn(request, { mode: 'single', port: 80 }).lines
  const type =
    headers
      .find(([name]) => name === 'content-type')?.[1]
      ?.split(';')[0]
      ?.trim() ?? ''
  const encoded = headers.some(([name]) => name === 'content-encoding')
  const isText = !encoded && /^(text\/.*|application\/(json|javascript|xml))$/i.test(type)
  const texts = [request.target, ...request.lines.map(([, value]) => value)]
  return [...texts, isText ? request.body : ''].every(isUtf8Text)
}

function isUtf8Text(bytes: string): boolean {
  return isUtf8(Buffer.from(bytes, 'latin1'))
}

function without(lines: readonly HeaderLine[], ...names: readonly string[]): HeaderLine[] {
  return lines.filter(([name]) => !names.includes(name.toLowerCase()))
}

/** Without the white space that every HTTP parser takes off. */
function trimmed(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '')
}

function compareKeys(a: string, b: string): number {
  const [first, second] = [arrayIndex(a), arrayIndex(b)]
  if (first !== second) return first < second ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Infinity for what is no array index. */
function arrayIndex(key: string): number {
  return /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1 ? Number(key) : Infinity
}
