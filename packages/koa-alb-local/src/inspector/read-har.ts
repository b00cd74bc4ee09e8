import type { HeaderLine } from '../types.ts'
import type { SentRequest } from './resend.ts'
import { mask } from './secrets.ts'

/** An entry of a HAR: a request with where it went, or why it cannot be sent again. */
export type HarEntry =
  | { readonly request: SentRequest; readonly url: URL }
  | { readonly problem: string }

type Fields = Readonly<Record<string, unknown>>

/**
 * The requests of a HAR, whatever wrote it.
 * @throws TypeError when it is none
 */
export function readHar(document: unknown): HarEntry[] {
  const { entries } = fields(fields(document).log)
  if (!Array.isArray(entries)) throw new TypeError('this is no HAR: it has no log.entries')
  return entries.map((entry, index) => {
    const request = fields(fields(entry).request)
    const { method, url } = request
    if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url)) {
      throw new TypeError(`entry ${index} of the HAR has no method and URL`)
    }
    return toEntry(request, method, url)
  })
}

function toEntry(request: Fields, method: string, url: string): HarEntry {
  const parsed = new URL(url)
  const postData = fields(request.postData)
  if (method === '-') return { problem: 'it could not be parsed when it came' }
  if (postData._isCut === true) return { problem: 'of its body only the beginning was kept' }
  if (!/^https?:$/.test(parsed.protocol)) return { problem: `${parsed.protocol} is not HTTP` }
  const lines = linesOf(request)
  const hasHost = lines.some(([name]) => name.toLowerCase() === 'host')
  const body = bodyOf(postData, lines)
  if (body.length === 0 && hadBody(request, lines)) return { problem: 'its body is not in the HAR' }
  const { _target } = request
  return {
    url: parsed,
    request: {
      method,
      target: typeof _target === 'string' ? _target : targetOf(url),
      // Browsers that spoke HTTP/2 have written `:authority`.
      lines: hasHost ? lines : [['Host', parsed.host], ...lines],
      body,
    },
  }
}

/** Path and query as they are written: parsing would take `/../` out. */
function targetOf(url: string): string {
  const [, rest = ''] = /^[^:]+:\/\/[^/?#]*([^#]*)/.exec(url) ?? []
  const target = rest.startsWith('/') ? rest : `/${rest}`
  return target.replace(/[^!-~]/gu, (character) =>
    Buffer.from(character).toString('hex').replace(/../g, '%$&'),
  )
}

function linesOf({ headers }: Fields): HeaderLine[] {
  if (!Array.isArray(headers)) return []
  return (
    headers
      .map((header) => [String(fields(header).name), String(fields(header).value)] as const)
      // Those of HTTP/2, as browsers write them, and what an export of ours has not told.
      .filter(([name, value]) => !name.startsWith(':') && !value.includes(mask))
  )
}

// Chromium leaves out the files of forms.
function hadBody({ bodySize }: Fields, lines: readonly HeaderLine[]): boolean {
  const [, length] = lines.find(([name]) => name.toLowerCase() === 'content-length') ?? []
  return Number(bodySize) > 0 || Number(length) > 0
}

function bodyOf(postData: Fields, lines: readonly HeaderLine[]): Buffer {
  const { text, params, mimeType, _encoding, encoding } = postData
  if (typeof text === 'string' && text !== '') {
    const isBase64 = _encoding === 'base64' || encoding === 'base64'
    return Buffer.from(text, isBase64 ? 'base64' : 'utf8')
  }
  if (!Array.isArray(params) || params.length === 0) return Buffer.alloc(0)
  const type = lines.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? mimeType
  const [, boundary] = /boundary="?([^";]+)/i.exec(String(type)) ?? []
  const pairs = params.map(fields)
  return Buffer.from(boundary === undefined ? formOf(pairs) : partsOf(pairs, boundary))
}

// Names and values are as in the form, or encoded as they were sent: both are found in the wild.
function formOf(pairs: readonly Fields[]): string {
  const encoded = (value: unknown): string => {
    const text = String(value ?? '')
    return /^[\w%+.*~-]*$/.test(text) ? text : encodeURIComponent(text).replaceAll('%20', '+')
  }
  return pairs.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`).join('&')
}

function partsOf(pairs: readonly Fields[], boundary: string): string {
  const quoted = (value: unknown): string => `"${String(value).replaceAll('"', '%22')}"`
  const parts = pairs.map(({ name, value = '', fileName, contentType }) => {
    const file = fileName === undefined ? '' : `; filename=${quoted(fileName)}`
    const type = contentType === undefined ? '' : `\r\nContent-Type: ${contentType}`
    return `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}${file}${type}\r\n\r\n${value}\r\n`
  })
  return `${parts.join('')}--${boundary}--\r\n`
}

function fields(value: unknown): Fields {
  return Object(value)
}
