import { Refusal } from '../answer/refusal.ts'
import type { AddedHeaders } from '../invocation/event.ts'
import { forwardedFor, type HeaderAttributes, hostBytes, traceId } from '../request/forwarded.ts'
import { wantedUpgrade } from '../request/head-check.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { RequestUri } from '../request/request-uri.ts'

/** A request as rules left it, and the listener that it came by. */
export interface PassedRequest {
  readonly head: ReceivedHead
  readonly uri: RequestUri
  readonly added?: AddedHeaders | undefined
  readonly listener: { readonly protocol: 'http' | 'https'; readonly headers: HeaderAttributes }
  readonly port: number
  /** Whether more than the head may come. */
  readonly hasUpload: boolean
}

export interface RequestLines {
  /** Names and values in turn. */
  readonly lines: readonly string[]
  readonly traceId: string
}

// What is about a connection, and what is set anew. The answer to `expect` is the load balancer's.
const notPassed =
  /^(connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|x-amzn-trace-id|x-forwarded-port|x-forwarded-proto)$/
const validName = /^[-A-Za-z0-9]+$/
// RFC 9110, section 8.6: such a request without a body says so.
const bodiless = /^(DELETE|GET|HEAD|OPTIONS)$/

/**
 * The header lines that a server gets: the load balancer's own first, then the client's as they came,
 * in their order and with the names in their case.
 */
export function requestLines(request: PassedRequest): RequestLines {
  const { head, added, listener } = request
  const trace = traceId(head.values.get('x-amzn-trace-id')?.[0], head.headerBytes)
  const lines = [...ownLines(request), 'X-Amzn-Trace-Id', trace]
  const { forwardedFor: mode, dropInvalid, preserveHost } = listener.headers
  const isHostKept = preserveHost && !request.uri.isHostRewritten
  const { rawHeaders } = head
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const lower = name.toLowerCase()
    if (notPassed.test(lower) || added?.has(lower)) continue
    if (lower === 'host' && !isHostKept) continue
    if (lower === 'x-forwarded-for' && mode !== 'preserve') continue
    if (dropInvalid && !validName.test(name)) continue
    lines.push(name, checked(name, rawHeaders[index + 1] ?? ''))
  }
  for (const [name, value] of added ?? []) {
    if (value !== undefined) lines.push(name, Buffer.from(value).toString('latin1'))
  }
  return { lines: [...lines, ...framingLines(request), ...upgradeLines(head)], traceId: trace }
}

function ownLines({ head, uri, listener, port }: PassedRequest): string[] {
  const { forwardedFor: mode, clientPort, preserveHost } = listener.headers
  const lines: string[] = []
  if (mode === 'append') {
    const { clientAddress, clientPort: from } = head.connection
    const sent = head.values.get('x-forwarded-for')?.filter((value) => value !== '') ?? []
    lines.push('X-Forwarded-For', forwardedFor(sent, clientAddress, clientPort ? from : undefined))
  }
  lines.push('X-Forwarded-Proto', listener.protocol, 'X-Forwarded-Port', `${port}`)
  const isHostKept = preserveHost && !uri.isHostRewritten && head.values.has('host')
  return isHostKept ? lines : [...lines, 'Host', hostBytes(uri.host, port)]
}

/** How the body comes; a body of HTTP/2 without a length comes in chunks. */
function framingLines({ head, hasUpload }: PassedRequest): string[] {
  const { method, isHttp2, values } = head
  const length = values.get('content-length')?.[0]
  if (values.has('transfer-encoding')) return ['Transfer-Encoding', 'chunked']
  if (length !== undefined) return ['Content-Length', length]
  if (isHttp2 && hasUpload) return ['Transfer-Encoding', 'chunked']
  return bodiless.test(method) ? [] : ['Content-Length', '0']
}

function upgradeLines(head: ReceivedHead): string[] {
  const wanted = wantedUpgrade(head)
  return wanted ? ['Connection', 'Upgrade', ...wanted.flatMap((each) => ['Upgrade', each])] : []
}

// Node sends no control characters, which the desync classifier lets pass.
function checked(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  throw new Refusal(400, `the ${name} header has a control character, which is not passed on here`)
}
