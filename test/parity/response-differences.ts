import { isUtf8 } from 'node:buffer'
import type { Mode } from './request-differences.ts'
import { type HeaderLine, withoutBlanksAround } from './response-bytes.ts'

// The rows of "What cannot be the same" in docs/alb-behaviour.md on the way out: each function turns
// the response of app.listen() into the one that has to come through the load balancer.

export interface Answer {
  readonly statusLine: string
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
}

interface Circumstances {
  readonly method: string
  readonly mode: Mode
}

type ResponseDifference = (response: Answer, circumstances: Circumstances) => Answer

const hopByHop =
  /^(connection|keep-alive|proxy-authorization|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i

const responseDifferences: readonly ResponseDifference[] = [
  /** Fields that concern one connection stop there; those that `connection` names do not. */
  function hopByHopFields(response) {
    return withLines(response, ([name]) => !hopByHop.test(name))
  },

  /** Beside `filename*`, a question mark stands for each character of a file name beyond ASCII. */
  function fileNames(response) {
    const lines = response.lines.map(([name, value]): HeaderLine => {
      const isNamed = /^content-disposition$/i.test(name) && value.includes('; filename*=')
      return [name, isNamed ? asText(value).replace(/[^\t\x20-\x7e]/gu, '?') : value]
    })
    return { ...response, lines }
  },

  /** Lines of one name stand together under its first spelling; in single mode they are joined. */
  function repeatedFields(response, { mode }) {
    const keys = new Set(response.lines.map(([name]) => name.toLowerCase()))
    const lines = [...keys].flatMap((key): HeaderLine[] => {
      const [first] = response.lines.find(([name]) => name.toLowerCase() === key) ?? [key]
      const values = valuesOf(response, key)
      if (key === 'set-cookie' && mode === 'single') return values.map((value) => [key, value])
      return mode === 'single'
        ? [[first, withoutBlanksAround(values.join(', '))]]
        : values.map((value) => [first, value])
    })
    return { ...response, lines }
  },

  /** Only the last cookie of one identity: the order of lines is not to be relied on. */
  function replacedCookies(response) {
    const cookies = valuesOf(response, 'set-cookie')
    const replaced = (value: string, index: number): boolean =>
      cookies.some((other, place) => place > index && identity(other) === identity(value))
    let index = -1
    return withLines(response, ([name, value]) => {
      if (name.toLowerCase() !== 'set-cookie') return true
      index += 1
      return !replaced(value, index)
    })
  },

  /** The load balancer counts the body itself; it believes a declared length for HEAD alone. */
  function contentLength(response, { method }) {
    const lengths = valuesOf(response, 'content-length')
    const bare = withLines(response, ([name]) => name.toLowerCase() !== 'content-length')
    if (isBodiless(response)) return bare
    const [name] = response.lines.find(([each]) => /^content-length$/i.test(each)) ?? [
      'Content-Length',
    ]
    const length = method === 'HEAD' ? lengths[0] : String(response.body.length)
    if (length === undefined) return bare
    return { ...bare, lines: [...bare.lines, [name, length]] }
  },

  /** What it does not find, the load balancer adds. */
  function addedFields(response) {
    const added: HeaderLine[] = []
    const add = (name: string, value: string): void => {
      if (valuesOf(response, name.toLowerCase()).length === 0) added.push([name, value])
    }
    if (!isBodiless(response)) add('Content-Type', 'application/octet-stream')
    add('Server', 'awselb/2.0')
    add('Date', new Date().toUTCString())
    return { ...response, lines: [...response.lines, ...added] }
  },
]

/** What has to come through the load balancer where app.listen() answers with `response`. */
export function broughtBack(response: Answer, circumstances: Circumstances): Answer {
  return responseDifferences.reduce(
    (brought, difference) => difference(brought, circumstances),
    response,
  )
}

/** The load balancer's page for everything that went wrong behind it. */
export function badGateway(method: string): Answer {
  const page =
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'
  return {
    statusLine: 'HTTP/1.1 502 Bad Gateway',
    lines: [
      ['Server', 'awselb/2.0'],
      ['Date', new Date().toUTCString()],
      ['Content-Type', 'text/html'],
      ['Content-Length', '122'],
    ],
    body: Buffer.from(method === 'HEAD' ? '' : page),
  }
}

/** Whether status line and header values are the visible ASCII that a load balancer takes. */
export function isExpressible({ statusLine, lines }: Answer): boolean {
  return [statusLine, ...lines.map(([, value]) => value)].every((text) =>
    /^[\t\x20-\x7e]*$/.test(text),
  )
}

/** The answer in the form in which two are compared: the order of header names does not count. */
export function comparable({ statusLine, lines, body }: Answer, mode: Mode): unknown {
  const shown = lines
    .filter(([name]) => !/^(connection|keep-alive)$/i.test(name))
    .map(([name, value]): HeaderLine => {
      if (/^date$/i.test(name) && isNow(value)) return [name, 'now']
      return [mode === 'single' && /^set-cookie$/i.test(name) ? 'set-cookie' : name, value]
    })
  return { statusLine, lines: shown.toSorted(byName), body: body.toString('latin1') }
}

function byName([first]: HeaderLine, [second]: HeaderLine): number {
  const [a, b] = [first.toLowerCase(), second.toLowerCase()]
  return a < b ? -1 : a > b ? 1 : 0
}

function isNow(value: string): boolean {
  return Math.abs(Date.parse(value) - Date.now()) < 60_000
}

/** Latin1, or the UTF-8 that Node makes of it where it knows the length of the body. */
function asText(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : value
}

function isBodiless({ statusLine }: Answer): boolean {
  return /^HTTP\/1\.1 (204|304)\b/.test(statusLine)
}

function withLines(response: Answer, kept: (line: HeaderLine) => boolean): Answer {
  return { ...response, lines: response.lines.filter((line) => kept(line)) }
}

function valuesOf({ lines }: Answer, wanted: string): string[] {
  return lines.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
}

function identity(cookie: string): string {
  const [, name] = /^\s*([^=;]*)/.exec(cookie) ?? []
  const [, path = ''] = /;\s*path=([^;]*)/i.exec(cookie) ?? []
  const [, domain = ''] = /;\s*domain=\.?([^;]*)/i.exec(cookie) ?? []
  const partitioned = /;\s*partitioned\s*(?:[;=]|$)/i.test(cookie)
  return [name?.trim(), path.trim(), domain.trim().toLowerCase(), partitioned].join(';')
}
