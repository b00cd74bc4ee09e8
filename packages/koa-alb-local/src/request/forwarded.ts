import { randomUUID } from 'node:crypto'
import { programTimeMs } from '../time/clock.ts'
import { toHeaderText } from './text.ts'

/** Attributes of a load balancer that concern request headers. */
export interface HeaderAttributes {
  /** `routing.http.xff_header_processing.mode` */
  readonly forwardedFor: 'append' | 'preserve' | 'remove'
  /** `routing.http.xff_client_port.enabled` */
  readonly clientPort: boolean
  /** `routing.http.preserve_host_header.enabled` */
  readonly preserveHost: boolean
  /** `routing.http.drop_invalid_header_fields.enabled` */
  readonly dropInvalid: boolean
  /** `routing.http.x_amzn_tls_version_and_cipher_suite.enabled` */
  readonly tls: boolean
}

export const defaultHeaderAttributes: HeaderAttributes = {
  forwardedFor: 'append',
  clientPort: false,
  preserveHost: false,
  dropInvalid: false,
  tls: false,
}

/** The load balancer's name, for requests that name no host. */
export const dnsName = 'koa-alb-local-1234567890.us-east-1.elb.amazonaws.com'

const traceHeaderLimitBytes = 7 * 1024

/** `Host` as the function sees it: lower case, with the listener's port unless that is 80 or 443. */
export function hostValue(sent: string | undefined, listenerPort: number): string {
  // Lower case is a matter of letters, not of the bytes that stand for them.
  const text = toHeaderText(sent ?? dnsName, 'the host of the request')
  return withListenerPort(text.toLowerCase(), listenerPort)
}

/** The same for a server, which gets bytes: one character each. */
export function hostBytes(sent: string | undefined, listenerPort: number): string {
  const lower = (sent ?? dnsName).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return withListenerPort(lower, listenerPort)
}

function withListenerPort(lower: string, listenerPort: number): string {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(lower) ?? []
  if (name === undefined) return lower
  if (listenerPort === 80 || listenerPort === 443) return name
  return `${name}:${port || listenerPort}`
}

/** `X-Forwarded-For` with the client's address appended, and its port if one is given. */
export function forwardedFor(sent: readonly string[], address: string, port?: number): string {
  if (port === undefined) return [...sent, address].join(', ')
  return [...sent, address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`].join(', ')
}

/** The peer's address as the load balancer writes it: an IPv4 client is never `::ffff:` mapped. */
export function clientAddressOf(remoteAddress: string | undefined): string {
  return (remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
}

/**
 * `X-Amzn-Trace-Id`: a new root when there is none or the headers take over 7 KB; else `Self` is put
 * in front or replaced, and all other fields stay.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
export function traceId(sent: string | undefined, headerBytes: number): string {
  if (sent === undefined || headerBytes > traceHeaderLimitBytes) return `Root=${newTraceId()}`
  const fields = sent.split(';').filter((field) => field.trim() !== '')
  const self = fields.findIndex((field) => isField(field, 'Self'))
  if (self >= 0) return fields.with(self, `Self=${newTraceId()}`).join(';')
  const name = fields.some((field) => isField(field, 'Root')) ? 'Self' : 'Root'
  return [`${name}=${newTraceId()}`, ...fields].join(';')
}

function isField(field: string, name: string): boolean {
  return field.trim().startsWith(`${name}=`)
}

function newTraceId(): string {
  const seconds = Math.floor(programTimeMs() / 1000)
  // Node draws random bytes for many UUIDs at once. Left out are the groups with a version and a variant.
  const uuid = randomUUID()
  const random = `${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(24)}`
  return `1-${seconds.toString(16).padStart(8, '0')}-${random}`
}
