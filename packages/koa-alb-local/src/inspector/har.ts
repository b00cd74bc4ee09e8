import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'
import type { SentRequest } from './resend.ts'
import { type Masking, mask, maskedTarget } from './secrets.ts'
import { shownBody } from './shown-body.ts'

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
  const scheme = entry?.type === 'http' ? 'http' : 'https'
  const target = maskedTarget(request.target, masking)
  const host = request.lines.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost'
  const url = target.startsWith('/') ? `${scheme}://${host}${target}` : target
  const { receivedMs = 0, sentMs = 0 } = timing
  const time = endedAt.getTime() - startedAt.getTime()
  const body = request.body && shownBody(request.body, request.lines)
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: {
      method: request.method,
      url,
      httpVersion: `HTTP/${request.httpVersion}`,
      cookies: [],
      headers: shown(request.lines, masking),
      queryString: queryOf(target),
      headersSize: -1,
      bodySize: request.body?.length ?? 0,
      ...(body &&
        body.kind !== 'empty' && {
          postData: {
            mimeType: body.type,
            text: body.text ?? body.base64 ?? '',
            ...(body.text === undefined && { _encoding: 'base64' }),
          },
        }),
    },
    response: toResponse(response, masking),
    cache: {},
    timings: { send: receivedMs, wait: Math.max(0, time - receivedMs - sentMs), receive: sentMs },
    ...(entry?.detail !== undefined && { comment: entry.detail }),
  }
}

function toResponse(response: RecordedExchange['response'], masking: Masking): object {
  const { status = 0, phrase = '', lines = [] } = response ?? {}
  const body = response && shownBody(response.body, lines)
  const location = lines.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? ''
  return {
    status,
    statusText: phrase,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: shown(lines, masking),
    content: {
      size: body?.length ?? 0,
      mimeType: body?.type ?? '',
      text: body?.text ?? body?.base64 ?? '',
      ...(body?.base64 !== undefined && { encoding: 'base64' }),
    },
    redirectURL: location === '' ? '' : maskedTarget(location, masking),
    headersSize: -1,
    bodySize: body?.length ?? 0,
  }
}

function shown(lines: readonly HeaderLine[], masking: Masking): object[] {
  return lines.map(([name, value]) => ({ name, value: masking.field(name, value) }))
}

function queryOf(target: string): object[] {
  const [, query = ''] = target.split(/\?(.*)/s)
  if (query === '') return []
  return query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return { name, value }
  })
}

/**
 * The requests of a HAR, whatever wrote it.
 * @throws TypeError when it is none
 */
export function fromHar(document: unknown): SentRequest[] {
  const entries: unknown = Object(Object(document).log).entries
  if (!Array.isArray(entries)) throw new TypeError('this is no HAR: it has no log.entries')
  return entries.map((entry, index) => {
    const request = Object(Object(entry).request)
    const { method, url, headers = [], postData } = request
    if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url)) {
      throw new TypeError(`entry ${index} of the HAR has no method and URL`)
    }
    const { pathname, search } = new URL(url)
    const { text = '', _encoding } = Object(postData)
    const lines: HeaderLine[] = [...Object(headers)]
      .map((header) => [String(Object(header).name), String(Object(header).value)] as const)
      // Those of HTTP/2, as browsers write them, and what an export of ours has not told.
      .filter(([name, value]) => !name.startsWith(':') && !value.includes(mask))
    const body = Buffer.from(String(text), _encoding === 'base64' ? 'base64' : 'utf8')
    return { method, target: pathname + search, lines, body }
  })
}
