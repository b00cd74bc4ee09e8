import type { Answer, AnyAnswer } from '../answer/answer.ts'
import type { AddedHeaders } from '../invocation/event.ts'
import type { Journal } from '../log/journal.ts'
import type { Observation } from '../log/observation.ts'
import type { UploadStop } from '../request/body.ts'
import type { HeaderAttributes } from '../request/forwarded.ts'
import type { ClientRequest, ReceivedHead } from '../request/received.ts'
import type { RequestUri } from '../request/request-uri.ts'

/** What conditions look at. */
export interface Routable {
  readonly head: ReceivedHead
  readonly uri: RequestUri
}

export interface Condition {
  holds(request: Routable): boolean
  /** For people: `path-pattern /api/*, /v1`. */
  readonly text: string
}

/** The uri with its host, path or query rewritten. */
export type Transform = (uri: RequestUri) => RequestUri

/** What actions know of the listener. */
export interface ListenerFacts {
  readonly protocol: 'http' | 'https'
  readonly headers: HeaderAttributes
  /** Milliseconds of silence after which a connection of either side is given up. */
  readonly idleTimeoutMs: number
  /**
   * Where the listener of this port is really open, if redirects are to lead there; absent for redirects
   * as they are.
   */
  readonly openAt?: ((port: number) => OpenListener | undefined) | undefined
}

/** A listener as a client on this machine reaches it. */
export interface OpenListener {
  /** As declared. */
  readonly declared: 'http' | 'https'
  /** As it is spoken. */
  readonly spoken: 'http' | 'https'
  readonly port: number
}

/** A request that a rule matched, on its way through the rule's actions. */
export interface RoutedRequest extends Routable {
  readonly client: ClientRequest
  readonly listener: ListenerFacts
  /** The port of the listener, as clients and the function see it. */
  readonly port: number
  readonly journal: Journal
  /** For when the request cannot be read to its end. */
  readonly stop: UploadStop
  readonly added?: AddedHeaders | undefined
  /** Takes what whoever looks at the exchange is to see; absent when nobody does. */
  readonly observation?: Observation | undefined
}

/** An action in front of the last one. */
export interface Gate {
  readonly name: 'authenticate' | 'jwt-validation'
  /** Lets the request pass, with headers for the function, or answers it itself. */
  pass(request: RoutedRequest): Promise<Passage>
}

export type Passage = { readonly added: AddedHeaders } | { readonly answer: Answer }

/** The last action of a rule. */
export interface Action {
  readonly name: 'forward' | 'redirect' | 'fixed-response'
  answer(request: RoutedRequest): Promise<AnyAnswer>
}

export interface Rule {
  /** 0 for the default rule, which has no conditions. */
  readonly priority: number
  readonly conditions: readonly Condition[]
  readonly transforms: readonly Transform[]
  readonly gates: readonly Gate[]
  readonly action: Action
}

/** The default rule that only does this. */
export function defaultRule(action: Action): Rule {
  return { priority: 0, conditions: [], transforms: [], gates: [], action }
}
