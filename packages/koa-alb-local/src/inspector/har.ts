import type { RecordedBody, RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'
import { type Masking, mask, maskedDetail, maskedTarget } from './secrets.ts'
import { shownBody } from './shown-body.ts'
import { shortened } from './shown-error.ts'

interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly pages: readonly never[]
    readonly entries: readonly object[]
  }
}

/** HAR 1.2 of the exchanges that are over. @see http://www.softwareishard.com/blog/har-12-spec/ */
export function toHar(
  exchanges: readonly RecordedExchange[],
  version: string,
  masking: Masking,
): Har {
  const entries = exchanges.filter(({ isOver }) => isOver).map((each) => toEntry(each, masking))
  return {
    log: { version: '1.2', creator: { name: 'koa-alb-local', version }, pages: [], entries },
  }
}

function toEntry(exchange: RecordedExchange, masking: Masking): object {
  const { request, response, entry, timing } = exchange
  const startedAt = entry?.requestedAt ?? new Date(0)
  const endedAt = entry?.answeredAt ?? startedAt
  const { receivedMs = 0, sentMs = 0 } = timing
  // Somebody may have set the clock back meanwhile.
  const time = Math.max(0, endedAt.getTime() - startedAt.getTime())
  const httpVersion = `HTTP/${request.httpVersion}`
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: toRequest(exchange, httpVersion, masking),
    response: toResponse(response, httpVersion, masking),
    cache: {},
    timings: { send: receivedMs, wait: Math.max(0, time - receivedMs - sentMs), receive: sentMs },
    ...(entry?.detail !== undefined && { comment: maskedDetail(shortened(entry.detail), masking) }),
  }
}

function toRequest(
  { request, entry }: RecordedExchange,
  httpVersion: string,
  masking: Masking,
): object {
  const { method, lines, body } = request
  const target = maskedTarget(request.target, masking)
  const url = urlOf(target, hostOf(lines), entry?.type === 'http' ? 'http' : 'https')
  return {
    method,
    url,
    httpVersion,
    cookies: [],
    headers: shown(lines, masking),
    queryString: queryOf(target),
    headersSize: -1,
    bodySize: body?.length ?? 0,
    ...(body && body.length > 0 && { postData: toPostData(body, lines) }),
    // What an import sends again: not each request target can be in a URL.
    ...(!url.endsWith(target) && !target.includes(mask) && { _target: target }),
  }
}

function toPostData(body: RecordedBody, lines: readonly HeaderLine[]): object {
  const { text, base64 = '' } = shownBody(body, lines)
  return {
    mimeType: fieldOf(lines, 'content-type'),
    text: text ?? base64,
    ...(text === undefined && { _encoding: 'base64' }),
    ...cutOf(body),
  }
}

function toResponse(
  response: RecordedExchange['response'],
  httpVersion: string,
  masking: Masking,
): object {
  const { status = 0, phrase = '', lines = [], body } = response ?? {}
  const { text, base64 } = body ? shownBody(body, lines) : {}
  return {
    status,
    statusText: phrase,
    httpVersion,
    cookies: [],
    headers: shown(lines, masking),
    content: {
      size: body?.length ?? 0,
      mimeType: fieldOf(lines, 'content-type'),
      text: text ?? base64 ?? '',
      ...(base64 !== undefined && { encoding: 'base64' }),
      ...(body && cutOf(body)),
    },
    redirectURL: masking.field('location', fieldOf(lines, 'location')),
    headersSize: -1,
    bodySize: body?.length ?? 0,
  }
}

function cutOf({ bytes, length, isCut }: RecordedBody): object {
  if (!isCut) return {}
  return { _isCut: true, comment: `only the first ${bytes.length} of ${length} bytes` }
}

function shown(lines: readonly HeaderLine[], masking: Masking): object[] {
  return lines.map(([name, value]) => ({ name, value: masking.field(name, value) }))
}

function fieldOf(lines: readonly HeaderLine[], name: string): string {
  return lines.find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
}

/** Whatever the client sent as `Host`. */
function hostOf(lines: readonly HeaderLine[]): string {
  const host = fieldOf(lines, 'host')
  return URL.canParse(`http://${host}/`) && /^[-.:\w[\]]+$/.test(host) ? host : 'localhost'
}

/** The target is one character per byte, but for masks. */
function urlOf(target: string, host: string, scheme: string): string {
  const encoded = target
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\w!$%&'()*+,./:;=?@~-]/g, (character) => {
      const bytes = Buffer.from(character, character > '\xff' ? 'utf8' : 'latin1')
      return bytes.toString('hex').replace(/../g, (byte) => `%${byte.toUpperCase()}`)
    })
  if (/^https?:\/\//i.test(encoded) && URL.canParse(encoded)) return encoded
  return `${scheme}://${host}${encoded.startsWith('/') ? '' : '/'}${encoded}`
}

function queryOf(target: string): object[] {
  const [, query = ''] = target.split(/\?(.*)/s)
  if (query === '') return []
  return query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return { name, value }
  })
}
