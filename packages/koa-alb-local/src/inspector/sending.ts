import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'
import { ApiError } from './api-error.ts'
import { type ComparedPart, comparedResponses } from './comparison.ts'
import type { Inspected, InspectedListener } from './inspected.ts'
import { type ReceivedResponse, type SentRequest, send, toRequest } from './resend.ts'
import { masked, maskedTarget } from './secrets.ts'

/** What may be asked for: an exchange once more, with something else in it, or a request of one's own. */
export interface Sending {
  readonly id?: number
  readonly listener?: string
  readonly method?: string
  readonly target?: string
  readonly lines?: readonly HeaderLine[]
  /** Base64. */
  readonly body?: string
  readonly multiValueHeaders?: boolean
}

/** Sends requests to the listeners of what is inspected. */
export class Sender {
  readonly #inspected: Inspected

  constructor(inspected: Inspected) {
    this.#inspected = inspected
  }

  /** @throws ApiError when it cannot be sent */
  async replay(sending: Sending): Promise<ReceivedResponse> {
    const { url, listener } = this.#listenerFor(sending)
    const request = this.requestFor(sending)
    const { multiValueHeaders } = sending
    if (multiValueHeaders === undefined) return this.#send(url, request)
    return this.#send(await this.#inspected.urlInMode(listener, multiValueHeaders), request)
  }

  /** @throws ApiError when there is nothing to compare with */
  async compare(
    sending: Sending,
    url = this.#inspected.compareUrl,
  ): Promise<{ here: ReceivedResponse; there: ReceivedResponse; parts: ComparedPart[] }> {
    if (url === undefined)
      throw new ApiError(400, 'where does the app listen? --compare <url> says so')
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new ApiError(400, `${url} is no http or https URL`)
    }
    const request = this.requestFor(sending)
    const [here, there] = await Promise.all([this.replay(sending), this.#send(url, request)])
    return { here, there, parts: comparedResponses(here, there) }
  }

  requestFor(sending: Sending): SentRequest {
    const { id, method, target, lines, body } = sending
    const recorded = id === undefined ? undefined : this.exchange(id)
    const original = recorded
      ? sendable(recorded)
      : { method: 'GET', target: '/', lines: [], body: Buffer.alloc(0) }
    const hidden = recorded ? maskedValues(recorded) : []
    const shown = (text: string): string => toBytes(unmasked(text, hidden))
    return {
      method: method ?? original.method,
      target: target === undefined ? original.target : shown(target),
      lines: lines?.map(([name, value]) => [name, shown(value)] as const) ?? original.lines,
      body: body === undefined ? original.body : Buffer.from(body, 'base64'),
    }
  }

  /** The listener with the port of the URL, when there is one. */
  listenerAt({ protocol, port }: URL): { readonly listener?: string } {
    const found = this.#inspected
      .listeners()
      .map(({ name, url }) => ({ name, url: new URL(url) }))
      .find(({ url }) => url.protocol === protocol && url.port === port)
    return found ? { listener: found.name } : {}
  }

  exchange(id: number): RecordedExchange {
    const exchange = this.#inspected.recorder.exchange(id)
    if (exchange) return exchange
    throw new ApiError(404, `exchange ${id} is not there, or not any more`)
  }

  /** Where an exchange came in. */
  urlOf(sending: Sending): string {
    return this.#listenerFor(sending).url
  }

  #listenerFor({ id, listener }: Sending): { listener: string; url: string } {
    const listeners = this.#inspected.listeners()
    const port = id === undefined ? undefined : this.exchange(id).listenerPort
    const found = listeners.find((each) =>
      listener === undefined ? port === undefined || each.port === port : each.name === listener,
    )
    if (!found) throw new ApiError(404, `there is no listener ${listener ?? `on port ${port}`}`)
    return { listener: found.name, url: reachable(found) }
  }

  async #send(url: string, request: SentRequest): Promise<ReceivedResponse> {
    try {
      return await send(url, request)
    } catch (cause) {
      // What no socket was opened for: Node sends fewer bytes in a head than a load balancer takes.
      if (cause instanceof TypeError) {
        throw new ApiError(409, `the request cannot be sent from here: ${cause.message}`)
      }
      throw new ApiError(502, `${new URL(url).origin} did not answer: ${cause}`)
    }
  }
}

function sendable(exchange: RecordedExchange): SentRequest {
  try {
    return toRequest(exchange)
  } catch (error) {
    throw new ApiError(409, error instanceof Error ? error.message : String(error))
  }
}

/** An edited request may have masks where the page got them. */
function maskedValues({ request }: RecordedExchange): readonly string[] {
  const masking = masked()
  maskedTarget(request.target, masking)
  for (const [name, value] of request.lines) masking.field(name, value)
  return masking.values
}

function unmasked(text: string, values: readonly string[]): string {
  return text.replace(/••••••(\d+)/g, (all, index) => values[Number(index)] ?? all)
}

// One character per byte; what has others is UTF-8.
function toBytes(text: string): string {
  return /[^\0-\xff]/.test(text) ? Buffer.from(text).toString('latin1') : text
}

// Nobody can be sent to an address that stands for all of them.
function reachable({ url }: InspectedListener): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}
