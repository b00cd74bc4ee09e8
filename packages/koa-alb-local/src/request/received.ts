import type { Readable } from 'node:stream'
import type { AnyAnswer } from '../answer/answer.ts'
import type { ConnectionFacts } from './connection-facts.ts'

/** The head of a request as it came, one character per byte. */
export interface ReceivedHead {
  readonly method: string
  readonly target: string
  readonly httpVersion: string
  /** Whether it came in HTTP/2 frames, and not by HTTP/1 with that version in its request line. */
  readonly isHttp2: boolean
  /** Names and values in turn, in wire order. */
  readonly rawHeaders: readonly string[]
  /** The values by lower-case name. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** Bytes of the header lines, line ends included. */
  readonly headerBytes: number
  readonly connection: ConnectionFacts
  /** All of it as it came, where that is there as one text. */
  readonly text?: string | undefined
}

export type RequestLine = Pick<
  ReceivedHead,
  'method' | 'target' | 'httpVersion' | 'isHttp2' | 'text'
>

/** The head of a request from its request line and Node's flat list of names and values. */
export function receivedHead(
  requestLine: RequestLine,
  rawHeaders: readonly string[],
  connection: ConnectionFacts,
): ReceivedHead {
  const values = new Map<string, string[]>()
  let headerBytes = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    // The colon with its space and the line end take two bytes each.
    headerBytes += name.length + value.length + 4
    const lowerName = name.toLowerCase()
    const earlier = values.get(lowerName)
    if (earlier) earlier.push(value)
    else values.set(lowerName, [value])
  }
  return {
    rawHeaders,
    values,
    headerBytes,
    connection,
    // Last: on Node 20 every object that goes on after a spread has a hidden class of its own, which
    // took half of the CPU time of a request.
    ...requestLine,
  }
}

/** A request and the way back to its client, whatever version of HTTP it came by. */
export interface ClientRequest {
  readonly head: ReceivedHead
  /** The request body as it comes. */
  readonly upload: Readable
  /** Whether the whole request has arrived. */
  isComplete(): boolean
  /**
   * Sends the answer and returns the bytes it takes on the wire, but for a body that comes as a stream:
   * none when the client has left.
   */
  send(answer: AnyAnswer): number
  /** Calls back once nothing more can be sent, with whether the answer went out whole. */
  onceClosed(listener: (isSent: boolean) => void): void
  /** Ends it without an answer, when none can be sent. */
  abandon(): void
}
