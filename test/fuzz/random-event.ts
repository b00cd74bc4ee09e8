import { nastyNames, nastyText, nastyValue, put, record, SECRET } from './nasty.ts'
import type { Random } from './random.ts'

type Json = Record<string, unknown>

const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1'
const fields = [
  'requestContext',
  'httpMethod',
  'path',
  'headers',
  'multiValueHeaders',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'body',
  'isBase64Encoded',
]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'QUERY', 'M-SEARCH']
const brokenMethods = ['', 'get', 'GET /', 'G\r\nET', 'CONNECT', 'TRACE', 'É', '__proto__', 'A:B']
const paths = ['/', '/a/b', '/a%2Fb', '/é', '//host/a', '/..//../a', '*', 'http://h/a', '/a?b', '#']

/** An event as a load balancer might send it, with none to four things wrong. */
export function randomEvent(random: Random): unknown {
  const multiValueHeaders = random.chance(0.5)
  const event = soundEvent(random, multiValueHeaders)
  for (let count = random.below(5); count > 0; count--) {
    random.pick([breakField, breakField, breakEntry, breakEntry, breakMethod, breakPath, crowd])(
      random,
      event,
      multiValueHeaders,
    )
  }
  // Lambda hands over what JSON.parse makes of bytes.
  if (random.chance(0.01)) return nastyValue(random)
  return JSON.parse(JSON.stringify(event))
}

function soundEvent(random: Random, multiValueHeaders: boolean): Json {
  const wrap = (value: string): unknown => (multiValueHeaders ? [value] : value)
  const headers = record([
    ['accept-encoding', wrap('gzip, br')],
    ['cookie', wrap(`session=${SECRET}`)],
    ['host', wrap('app.test')],
    ['x-forwarded-for', wrap('203.0.113.9, 192.0.2.1')],
    ['x-forwarded-proto', wrap('https')],
  ])
  const query = record([['q', wrap(SECRET)]])
  const isBase64Encoded = random.chance(0.3)
  const body = random.bytes(random.below(30))
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: random.pick(methods),
    path: random.pick(paths),
    ...(multiValueHeaders
      ? { multiValueHeaders: headers, multiValueQueryStringParameters: query }
      : { headers, queryStringParameters: query }),
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
}

function breakField(random: Random, event: Json): void {
  const field = random.pick(fields)
  if (field === 'requestContext' && random.chance(0.8)) return
  if (random.chance(0.2)) delete event[field]
  else put(event, random.chance(0.05) ? random.pick(nastyNames) : field, nastyValue(random))
}

/** A name or a value in the headers or the query. */
function breakEntry(random: Random, event: Json, multiValueHeaders: boolean): void {
  const values = event[random.pick(mapsOf(multiValueHeaders))]
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return
  const name = random.chance(0.5) ? random.pick(nastyNames) : `x-${random.below(5)}`
  const value = (): unknown => (random.chance(0.7) ? nastyText(random) : nastyValue(random))
  const entry = multiValueHeaders && random.chance(0.9) ? [value(), value()] : value()
  put(values as Json, name, entry)
}

function breakMethod(random: Random, event: Json): void {
  event.httpMethod = random.chance(0.5) ? random.pick(brokenMethods) : nastyText(random)
}

function breakPath(random: Random, event: Json): void {
  event.path = random.chance(0.5) ? nastyText(random) : `/${nastyText(random)}`
}

/** Seldom: ten thousand names at once. */
function crowd(random: Random, event: Json, multiValueHeaders: boolean): void {
  if (!random.chance(0.01)) return
  const entries = Array.from({ length: 10_000 }, (_, index): [string, unknown] => {
    const name = `${random.pick(['x', '__proto__', 'a[b]'])}-${index}`
    return [name, multiValueHeaders ? [SECRET, SECRET] : SECRET]
  })
  event[random.pick(mapsOf(multiValueHeaders))] = record(entries)
}

function mapsOf(multiValueHeaders: boolean): readonly string[] {
  return multiValueHeaders
    ? ['multiValueHeaders', 'multiValueQueryStringParameters']
    : ['headers', 'queryStringParameters']
}
