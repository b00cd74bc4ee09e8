import type { AddedHeaders } from '../invocation/event.ts'
import type { ConnectionEntry } from '../log/connection-log.ts'
import type { LogEntry } from '../log/log.ts'
import type { Observer } from '../log/observation.ts'
import type { DesyncMode } from '../request/desync.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { HeaderLine } from '../types.ts'
import type { ListenerFacts, Rule } from './rule.ts'

/** A listener as its connections and requests need it. */
export interface Listener extends ListenerFacts {
  /** The id of the load balancer. */
  readonly loadBalancer: string
  /** What clients and the function are to see; undefined for the port of the server. */
  readonly port: number | undefined
  /** In the order of their priorities, the default rule last. */
  readonly rules: readonly Rule[]
  /** What requests are given on the way to a function; absent for nothing. */
  readonly addedHeaders?: ((head: ReceivedHead) => AddedHeaders) | undefined
  /** Changes the header lines of every response; absent when nothing is to change. */
  readonly changeResponse?: ((lines: readonly HeaderLine[]) => readonly HeaderLine[]) | undefined
  /** Milliseconds after which a connection takes no more requests. */
  readonly clientKeepAliveMs: number
  readonly desyncMode: DesyncMode
  /** Whether connections are to end with the request under way; absent for never. */
  readonly isClosing?: () => boolean
  /** Called once per exchange, when it is over. */
  readonly log: (entry: LogEntry) => void
  /** Called once per connection; absent when nobody wants to know. */
  readonly logConnection?: ((entry: ConnectionEntry) => void) | undefined
  /** Called after it, with all of the exchange; absent when nobody looks, which is cheaper. */
  readonly observer?: Observer | undefined
}
