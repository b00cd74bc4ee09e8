import type { SentRequest } from '../inspector/resend.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'

/** How a target group has header lines and query parameters sent. */
export type HeaderMode = 'single' | 'multi'

export const headerModes: readonly HeaderMode[] = ['single', 'multi']

const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/
const targetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/replay/0123456789abcdef'

export function modeOf(event: AlbEvent): HeaderMode {
  return event.multiValueHeaders ? 'multi' : 'single'
}

/** The event as the other kind of target group gets it: of repeated values the last one counts. */
export function inMode(event: AlbEvent, mode: HeaderMode): AlbEvent {
  if (modeOf(event) === mode) return event
  const {
    headers = {},
    queryStringParameters = {},
    multiValueHeaders = {},
    multiValueQueryStringParameters = {},
    body,
    isBase64Encoded,
    ...rest
  } = event
  if (mode === 'multi') {
    return {
      ...rest,
      multiValueQueryStringParameters: listed(queryStringParameters),
      multiValueHeaders: listed(headers),
      body,
      isBase64Encoded,
    }
  }
  return {
    ...rest,
    queryStringParameters: lasts(multiValueQueryStringParameters),
    headers: lasts(multiValueHeaders),
    body,
    isBase64Encoded,
  }
}

/** The event of a request in multi mode, as docs/alb-behaviour.md has it. */
export function requestEvent({ method, target, lines, body }: SentRequest): AlbEvent {
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  const headers = grouped(lines.map(([name, value]) => [name.toLowerCase(), value]))
  const type = headers['content-type']?.at(-1)?.split(';', 1)[0]?.trim() ?? ''
  const isBase64Encoded = body.length > 0 && !textTypes.test(type)
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: grouped(query.split('&').filter(Boolean).map(toPair)),
    multiValueHeaders: headers,
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
}

// Nothing is decoded, and a key without a value has an empty one.
function toPair(text: string): HeaderLine {
  const end = text.includes('=') ? text.indexOf('=') : text.length
  return [text.slice(0, end), text.slice(end + 1)]
}

function grouped(lines: readonly HeaderLine[]): Record<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [name, value] of lines) lists.set(name, [...(lists.get(name) ?? []), value])
  return Object.fromEntries(lists)
}

function listed(values: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
}

function lasts(lists: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.at(-1) ?? '']))
}
