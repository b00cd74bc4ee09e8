import { queryParameters } from '../request/query.ts'
import { toText } from '../request/text.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { HeaderMode } from './header-mode.ts'

/** What an event is put together from, each value as it is to stand there. */
export interface EventParts {
  readonly targetGroupArn: string
  readonly method: string
  readonly path: string
  /** By key, in the order of the event. */
  readonly parameters: ReadonlyMap<string, readonly string[]>
  /** By lower-case name, in the order of the event. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Buffer
  /** Whether it is only the beginning of one. */
  readonly isBodyCut?: boolean
  /** Whether an empty body is said to be base64: load balancers have been seen to do either. */
  readonly emptyIsBase64: boolean
}

/** The event of these parts: in single mode, of several values the last one counts. */
export function composedEvent(parts: EventParts, mode: HeaderMode): AlbEvent {
  const { targetGroupArn, method, path, parameters, headers } = parts
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: method,
    path,
    ...(mode === 'multi'
      ? {
          multiValueQueryStringParameters: toRecord(parameters, all),
          multiValueHeaders: toRecord(headers, all),
        }
      : {
          queryStringParameters: toRecord(parameters, last),
          headers: toRecord(headers, last),
        }),
    ...eventBody(parts),
  }
}

/** A request that nobody sent over a connection. */
export interface WrittenRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
  readonly emptyIsBase64?: boolean | undefined
}

/** Its event in the group of this name; lines and keys keep the order in which they are written. */
export function writtenEvent(request: WrittenRequest, group: string, mode: HeaderMode): AlbEvent {
  const { method, path, query, lines, body, emptyIsBase64 = false } = request
  const headers = new Map<string, string[]>()
  for (const [name, value] of lines) {
    const key = name.toLowerCase()
    headers.set(key, [...(headers.get(key) ?? []), value])
  }
  const parameters = queryParameters(query)
  const targetGroupArn = `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${group}/0123456789abcdef`
  const parts = { targetGroupArn, method, path, parameters, headers, body, emptyIsBase64 }
  return composedEvent(parts, mode)
}

const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/

function eventBody({
  body,
  isBodyCut = false,
  headers,
  emptyIsBase64,
}: EventParts): Pick<AlbEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { body: '', isBase64Encoded: emptyIsBase64 }
  const [type = ''] = (headers.get('content-type')?.at(-1) ?? '').split(';')
  const isText = !headers.has('content-encoding') && textTypes.test(type.trim().toLowerCase())
  if (!isText) return { body: body.toString('base64'), isBase64Encoded: true }
  // A beginning may end within a character.
  const text = isBodyCut ? body.toString() : toText(body, 'the request body')
  return { body: text, isBase64Encoded: false }
}

function toRecord<Value>(
  values: ReadonlyMap<string, readonly string[]>,
  of: (values: readonly string[]) => Value,
): Record<string, Value> {
  return Object.fromEntries([...values].map(([name, each]) => [name, of(each)]))
}

function all(values: readonly string[]): string[] {
  return [...values]
}

function last(values: readonly string[]): string {
  return values.at(-1) ?? ''
}
