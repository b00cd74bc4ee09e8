import type { LogEntry } from './log.ts'

/**
 * One exchange as a line of a load balancer's access log: 34 fields, no line end.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export function formatAccessLog(entry: LogEntry): string {
  const { tls } = entry
  return [
    entry.type,
    timeOf(entry.answeredAt),
    entry.loadBalancer,
    entry.client,
    entry.server ?? '-', // A Lambda target has no address.
    seconds(entry.requestProcessingMs),
    seconds(entry.targetProcessingMs),
    seconds(entry.responseProcessingMs),
    entry.status,
    entry.targetStatus ?? '-',
    entry.receivedBytes,
    entry.sentBytes,
    quoted(requestLine(entry)),
    quoted(entry.userAgent?.slice(0, 8192)),
    tls?.cipher ?? '-',
    tls?.protocol ?? '-',
    entry.targetGroupArn ?? '-',
    quoted(entry.traceId),
    quoted(tls?.serverName),
    quoted(tls?.certificateArn),
    entry.rulePriority ?? '-',
    timeOf(entry.requestedAt),
    quoted(actionsOf(entry)),
    quoted(entry.redirectUrl),
    quoted(entry.errorReason),
    // The addresses and status codes of targets that are servers: one each, as nothing is retried.
    quoted(entry.server),
    quoted(entry.server === undefined ? undefined : entry.targetStatus?.toString()),
    quoted(entry.classification),
    quoted(entry.classificationReason),
    entry.connectionTraceId,
    quoted(entry.transformedHost),
    quoted(entry.transformedUri),
    quoted(entry.transformStatus),
    entry.localAddress,
  ].join(' ')
}

function requestLine({ type, method, target, httpVersion, host, listenerPort }: LogEntry): string {
  if (method === '-') return `- ${type === 'http' ? 'http' : 'https'}://-:${listenerPort}- -`
  const version = `HTTP/${httpVersion}`
  if (!target.startsWith('/')) return `${method} ${target} ${version}`
  const scheme = type === 'http' ? 'http' : 'https'
  const name = (host ?? '').replace(/:\d*$/, '')
  return `${method} ${scheme}://${name}:${listenerPort}${target} ${version}`
}

// The documented names do not include one for jwt-validation.
function actionsOf({ actions }: LogEntry): string | undefined {
  const named = actions.filter((action) => action !== 'jwt-validation')
  return named.length > 0 ? named.join(',') : undefined
}

// With -1 for a step that was not reached.
function seconds(ms: number | undefined): string {
  return ms === undefined ? '-1' : (ms / 1000).toFixed(3)
}

/** With microseconds, which are not known. */
export function timeOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}

/** Between quotes, with what is no visible ASCII escaped; `-` for nothing. */
export function quoted(value: string | undefined): string {
  return `"${(value ?? '-').replace(/[^\x20-\x7e]|["\\]/g, escaped)}"`
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`
  return `\\x${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`
}
