import type { AlbEvent, HeaderLine } from '../types.ts'
import type { Mode, Question } from './checks/check.ts'

const targetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/doctor/0123456789abcdef'
const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/

const added: readonly HeaderLine[] = [
  ['accept', '*/*'],
  ['host', 'doctor.example.com'],
  ['user-agent', 'koa-alb-local doctor'],
  ['x-amzn-trace-id', 'Root=1-5bdb40ca-556d8b0c50dc66f0511bf520'],
  ['x-forwarded-for', '192.0.2.7'],
  ['x-forwarded-port', '443'],
  ['x-forwarded-proto', 'https'],
]

/** The event of a request, as docs/alb-behaviour.md has it. */
export function tellingEvent(question: Question, mode: Mode): AlbEvent {
  const { body = Buffer.alloc(0) } = question
  const headers = listsOf(question.isHealthCheck ? healthCheck : headerLines(question, body))
  const parameters = listsOf(parametersOf(question.query))
  const type = headers.get('content-type')?.[0]?.split(';', 1)[0] ?? ''
  const isBase64 = body.length === 0 ? question.emptyIsBase64 === true : !textTypes.test(type)
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: question.method,
    path: question.path,
    ...(mode === 'multi'
      ? {
          multiValueQueryStringParameters: Object.fromEntries(parameters),
          multiValueHeaders: Object.fromEntries(headers),
        }
      : {
          queryStringParameters: lastOf(parameters),
          headers: lastOf(headers),
        }),
    body: body.toString(isBase64 ? 'base64' : 'utf8'),
    isBase64Encoded: isBase64,
  }
}

const healthCheck: readonly HeaderLine[] = [['user-agent', 'ELB-HealthChecker/2.0']]

function headerLines({ headers = [] }: Question, body: Buffer): readonly HeaderLine[] {
  const length: HeaderLine[] = body.length > 0 ? [['content-length', `${body.length}`]] : []
  return [...added, ...length, ...headers]
}

// Nothing is decoded, and a key without a value has an empty one.
function parametersOf(query = ''): HeaderLine[] {
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const end = pair.includes('=') ? pair.indexOf('=') : pair.length
      return [pair.slice(0, end), pair.slice(end + 1)]
    })
}

function listsOf(lines: readonly HeaderLine[]): ReadonlyMap<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [name, value] of lines) lists.set(name, [...(lists.get(name) ?? []), value])
  return lists
}

function lastOf(lists: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...lists].map(([name, values]) => [name, values.at(-1) ?? '']))
}
