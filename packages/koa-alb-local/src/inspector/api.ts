import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'
import { ApiError } from './api-error.ts'
import { toCurl } from './curl.ts'
import { toHar } from './har.ts'
import type { Inspected } from './inspected.ts'
import { openApi } from './open-api.ts'
import { type HarEntry, readHar } from './read-har.ts'
import { readSending } from './read-sending.ts'
import type { ReceivedResponse, SentRequest } from './resend.ts'
import { type Masking, masked, maskedTarget, nothingMasked } from './secrets.ts'
import { Sender } from './sending.ts'
import { shownBody } from './shown-body.ts'
import { toShownExchange, toSummary } from './shown-exchange.ts'
import type { Statistics } from './statistics.ts'
import { type TestFramework, testFrameworks, toTest } from './test-source.ts'

export interface ApiRequest {
  readonly method: string
  /** Below `/api`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly json: () => Promise<unknown>
}

/** JSON, or a text with its type. */
export type ApiAnswer =
  | { readonly json: unknown }
  | { readonly text: string; readonly type: string }

type Route = (request: ApiRequest, id: number) => ApiAnswer | Promise<ApiAnswer>

/** The JSON API of an inspector; `/api/openapi.json` describes it. */
export class Api {
  readonly #inspected: Inspected
  readonly #statistics: Statistics
  readonly #sender: Sender
  readonly #routes: Readonly<Record<string, Route>>

  constructor(inspected: Inspected, statistics: Statistics) {
    this.#inspected = inspected
    this.#statistics = statistics
    this.#sender = new Sender(inspected)
    this.#routes = {
      'GET /exchanges': ({ query }) => ({ json: { exchanges: this.#list(query) } }),
      'DELETE /exchanges': () => this.#clear(),
      'GET /exchanges/:id': (_, id) => ({
        json: toShownExchange(this.#sender.exchange(id), masked()),
      }),
      'GET /exchanges/:id/masked': ({ query }, id) => this.#reveal(id, query),
      'GET /exchanges/:id/event': (request, id) => this.#event(id, maskingFor(request)),
      'GET /exchanges/:id/curl': (request, id) => this.#curl(id, maskingFor(request)),
      'GET /exchanges/:id/test': (request, id) => this.#test(id, request),
      'GET /exchanges/:id/har': (request, id) => this.#har([this.#sender.exchange(id)], request),
      'GET /har': (request) => this.#har(this.#inspected.recorder.exchanges(), request),
      'POST /har': ({ json }) => this.#replayHar(json),
      'POST /replay': ({ json }) => this.#replay(json),
      'POST /compare': ({ json }) => this.#compare(json),
      'GET /load-balancer': () => ({ json: this.#loadBalancer() }),
      'GET /statistics': () => ({ json: { seconds: this.#statistics.seconds() } }),
      'GET /openapi.json': () => ({ json: openApi(this.#inspected.version) }),
    }
  }

  /** @throws ApiError when it cannot be done */
  async answer(request: ApiRequest): Promise<ApiAnswer> {
    const { method, path } = request
    const [, id = ''] = /^\/exchanges\/(\d+)/.exec(path) ?? []
    const pattern = id === '' ? path : path.replace(id, ':id')
    const route = this.#routes[`${method} ${pattern}`]
    if (!route) throw new ApiError(404, `there is no ${method} /api${path}: see /api/openapi.json`)
    return route(request, Number(id))
  }

  #list(query: URLSearchParams): object[] {
    const most = Number(query.get('limit') ?? 500)
    const summaries = this.#inspected.recorder
      .exchanges()
      .map((exchange) => toSummary(exchange, masked()))
    return summaries
      .filter(({ id }) => id > Number(query.get('after') ?? 0))
      .reverse()
      .slice(0, most)
  }

  #clear(): ApiAnswer {
    this.#inspected.recorder.clear()
    return { json: {} }
  }

  #reveal(id: number, query: URLSearchParams): ApiAnswer {
    const masking = masked()
    toShownExchange(this.#sender.exchange(id), masking)
    const value = masking.values[Number(query.get('n') ?? Number.NaN)]
    if (value === undefined) throw new ApiError(404, 'there is no such masked value')
    return { json: { value } }
  }

  #event(id: number, masking: Masking): ApiAnswer {
    const { event } = toShownExchange(this.#sender.exchange(id), masking)
    if (event) return { json: event }
    throw new ApiError(404, 'no function was invoked for this exchange')
  }

  #curl(id: number, masking: Masking): ApiAnswer {
    const request = maskedRequest(this.#sender.requestFor({ id }), masking)
    return { text: `${toCurl(this.#sender.urlOf({ id }), request)}\n`, type: 'text/plain' }
  }

  #test(id: number, request: ApiRequest): ApiAnswer {
    const framework = frameworkOf(request.query.get('framework') ?? 'vitest')
    const masking = maskingFor(request)
    const { response, targetGroup } = this.#sender.exchange(id)
    if (!response) throw new ApiError(409, 'the client got no response')
    if (response.body.isCut)
      throw new ApiError(409, 'of the body of the response only a part is kept')
    const sent = maskedRequest(this.#sender.requestFor({ id }), masking)
    const source = toTest(framework, sent, {
      ...response,
      lines: maskedLines(response.lines, masking),
      body: response.body.bytes,
      multiValueHeaders: targetGroup?.multiValueHeaders ?? false,
    })
    return { text: source, type: 'text/javascript' }
  }

  #har(exchanges: readonly RecordedExchange[], request: ApiRequest): ApiAnswer {
    return { json: toHar(exchanges, this.#inspected.version, maskingFor(request)) }
  }

  async #replayHar(json: ApiRequest['json']): Promise<ApiAnswer> {
    const document = await json()
    let entries: HarEntry[]
    try {
      entries = readHar(document)
    } catch (error) {
      throw new ApiError(400, error instanceof Error ? error.message : String(error))
    }
    const statuses: number[] = []
    const notSent: object[] = []
    for (const [entry, each] of entries.entries()) {
      try {
        statuses.push(await this.#replayEntry(each))
      } catch (error) {
        notSent.push({ entry, problem: error instanceof Error ? error.message : String(error) })
      }
    }
    return { json: { statuses, notSent } }
  }

  async #replayEntry(entry: HarEntry): Promise<number> {
    if ('problem' in entry) throw new Error(entry.problem)
    const { body, ...request } = entry.request
    const listener = this.#sender.listenerAt(entry.url)
    const sending = { ...request, ...listener, body: body.toString('base64') }
    const { status } = await this.#sender.replay(readSending(sending))
    return status
  }

  async #replay(json: ApiRequest['json']): Promise<ApiAnswer> {
    const response = await this.#sender.replay(readSending(await json()))
    return { json: { response: shownResponse(response) } }
  }

  async #compare(json: ApiRequest['json']): Promise<ApiAnswer> {
    const fields: unknown = await json()
    const url: unknown = Object(fields).url
    const sending = readSending(fields)
    const { here, there, parts } = await this.#sender.compare(
      sending,
      typeof url === 'string' && url !== '' ? url : undefined,
    )
    return {
      json: {
        here: shownResponse(here),
        there: shownResponse(there),
        parts: parts.map(maskedPart),
      },
    }
  }

  #loadBalancer(): object {
    const { compareUrl, version } = this.#inspected
    const groups = this.#statistics.groups()
    return {
      version,
      compareUrl: compareUrl ?? null,
      listeners: this.#inspected.listeners().map((listener) => ({
        ...listener,
        rules: listener.rules.map((rule) => ({
          ...rule,
          hits: this.#statistics.hitsOf(listener.port, rule.priority),
        })),
      })),
      targetGroups: this.#inspected
        .targetGroups()
        .map((group) => ({ ...group, counts: groups[group.name] ?? null })),
    }
  }
}

function maskingFor({ query }: ApiRequest): Masking {
  return query.get('secrets') === 'shown' ? nothingMasked : masked()
}

function maskedRequest(request: SentRequest, masking: Masking): SentRequest {
  return {
    ...request,
    target: maskedTarget(request.target, masking),
    lines: maskedLines(request.lines, masking),
  }
}

function maskedLines(lines: readonly HeaderLine[], masking: Masking): HeaderLine[] {
  return lines.map(([name, value]) => [name, masking.field(name, value)])
}

function maskedPart<
  Part extends { part: string; here: readonly string[]; there: readonly string[] },
>(part: Part): Part {
  const masking = masked()
  const shown = (values: readonly string[]): string[] =>
    values.map((value) => masking.field(part.part, value))
  return { ...part, here: shown(part.here), there: shown(part.there) }
}

function shownResponse({ status, phrase, lines, body }: ReceivedResponse): object {
  const masking = masked()
  return {
    startLine: `${status} ${phrase}`,
    status,
    lines: lines.map(([name, value]) => [name, masking.field(name, value)]),
    body: shownBody({ bytes: body, length: body.length, isCut: false }, lines),
  }
}

function frameworkOf(name: string): TestFramework {
  const framework = testFrameworks.find((each) => each === name)
  if (framework) return framework
  throw new ApiError(400, `framework must be one of ${testFrameworks.join(', ')}`)
}
