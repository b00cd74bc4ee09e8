import { errorPage } from '../answer/error-page.ts'
import { Refusal } from '../answer/refusal.ts'
import type { Property } from '../properties/property.ts'
import { dropBody } from '../request/body.ts'
import { dnsName } from '../request/forwarded.ts'
import type { Action, ListenerFacts, RoutedRequest } from '../rules/rule.ts'

const locationLimitBytes = 8 * 1024
const partLimit = 128
const statuses = { HTTP_301: 301, HTTP_302: 302 } as const

interface Parts {
  readonly protocol: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
}

/** A redirect; what it does not change it takes from the request. */
export function readRedirect(config: Property, protocol: 'http' | 'https'): Action {
  const status = statuses[config.at('StatusCode').oneOf('HTTP_301', 'HTTP_302')]
  const parts = readParts(config, protocol)
  return {
    name: 'redirect',
    async answer(request) {
      await dropBody(request.client.upload, request.stop)
      const location = locationFor(parts, request)
      request.journal.note({ redirectUrl: location })
      if (location.length > locationLimitBytes) {
        const message = `the redirect location has ${location.length} bytes, limit ${locationLimitBytes}`
        throw new Refusal(507, message)
      }
      return errorPage(status, [['Location', location]])
    },
  }
}

function readParts(config: Property, listenerProtocol: 'http' | 'https'): Parts {
  const part = (name: string, pattern: RegExp, allowed: string, usual: string): string => {
    const property = config.at(name)
    return property.isPresent ? property.text({ most: partLimit, pattern, allowed }) : usual
  }
  const protocol = part(
    'Protocol',
    /^(HTTP|HTTPS|#\{protocol\})$/,
    'HTTP, HTTPS or #{protocol}',
    '#{protocol}',
  )
  if (listenerProtocol === 'https' && protocol === 'HTTP') {
    throw config.at('Protocol').invalid('HTTPS: a redirect from HTTPS to HTTP is refused')
  }
  const parts = {
    protocol,
    host: part('Host', /^[^\s/?]+$/, 'a host name', '#{host}'),
    port: part('Port', /^(\d{1,5}|#\{port\})$/, 'a port or #{port}', '#{port}'),
    path: part('Path', /^\//, 'a path that begins with /', '/#{path}'),
    query: part('Query', /^(?!\?)/, 'a query without the leading ?', '#{query}'),
  }
  const { host, port, path } = parts
  if (protocol === '#{protocol}' && `${host} ${port} ${path}` === '#{host} #{port} /#{path}') {
    throw config.invalid('a redirect that changes protocol, host, port or path, or it would loop')
  }
  return parts
}

function locationFor(parts: Parts, { head, uri, listener, port }: RoutedRequest): string {
  const values: Readonly<Record<string, string>> = {
    protocol: listener.protocol,
    host: hostOf(uri.host),
    port: String(port),
    path: uri.path.replace(/^\//, ''),
    query: uri.query,
  }
  const filled = (part: string): string =>
    part.replace(/#\{(protocol|host|port|path|query)\}/g, (_, name: string) => values[name] ?? '')
  const query = filled(parts.query)
  const origin = reachable(
    { protocol: filled(parts.protocol).toLowerCase(), port: filled(parts.port) },
    filled(parts.host) === hostOf(head.values.get('host')?.[0]) ? listener.openAt : undefined,
  )
  const authority = `${origin.protocol}://${filled(parts.host)}:${origin.port}`
  return urlEncoded(`${authority}${filled(parts.path)}${query === '' ? '' : `?${query}`}`)
}

function hostOf(field: string | undefined): string {
  return (field ?? dnsName).toLowerCase().replace(/:\d*$/, '')
}

type Origin = Pick<Parts, 'protocol' | 'port'>

// Only what leads back to this load balancer: any other host has ports of its own.
function reachable(origin: Origin, openAt: ListenerFacts['openAt']): Origin {
  const open = openAt?.(Number(origin.port))
  if (!open) return origin
  const protocol = origin.protocol === open.declared ? open.spoken : origin.protocol
  return { protocol, port: String(open.port) }
}

// A URL is ASCII without blanks: RFC 3986. What the client sent has one character per byte.
function urlEncoded(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}
