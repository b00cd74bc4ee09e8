import type { ReceivedResponse, SentRequest } from './resend.ts'
import { mask } from './secrets.ts'

export const testFrameworks = ['vitest', 'jest', 'node'] as const

export type TestFramework = (typeof testFrameworks)[number]

// What is another with every request.
const changing = ['date', 'content-length', 'connection', 'etag', 'server', 'set-cookie']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const managed = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']
const imports: Readonly<Record<TestFramework, string>> = {
  vitest: "import { expect, test } from 'vitest'",
  jest: "import { expect, test } from '@jest/globals'",
  node: "import assert from 'node:assert/strict'\nimport test from 'node:test'",
}

/** A test with supertest that sends the request and expects the response that came back. */
export function toTest(
  framework: TestFramework,
  { method, target, lines, body }: SentRequest,
  response: ReceivedResponse & { readonly multiValueHeaders: boolean },
): string {
  const sentLines = lines.filter(([name]) => !managed.includes(name.toLowerCase()))
  const names = [...new Set(sentLines.map(([name]) => name))]
  const fields = names.map((name) => {
    const values = sentLines.filter(([each]) => each === name).map(([, value]) => value)
    // Node refuses to send a mask.
    if (values.some((value) => value.includes(mask))) return `    // ${name} is secret`
    return `    .set(${literal(name)}, ${literal(values.length > 1 ? values : values[0])})`
  })
  const isText = Buffer.from(response.body.toString()).equals(response.body)
  return [
    imports[framework],
    "import { createLoadBalancer } from 'koa-alb-local'",
    "import request from 'supertest'",
    "import { handler } from './lambda.js'",
    '',
    `test(${literal(`${method} ${target} is answered with ${response.status}`)}, async () => {`,
    `  const loadBalancer = createLoadBalancer({ target: handler, multiValueHeaders: ${response.multiValueHeaders} })`,
    `  const response = await request(loadBalancer)${call(method, target)}`,
    ...fields,
    ...(body.length > 0 ? [`    .send(${bytes(body)})`] : []),
    '    .buffer(true)',
    '    .parse((incoming, done) => {',
    '      const chunks = []',
    "      incoming.on('data', (chunk) => chunks.push(chunk))",
    "      incoming.on('end', () => done(null, Buffer.concat(chunks)))",
    '    })',
    ...expectations(framework, response, isText && method !== 'HEAD'),
    '})',
    '',
  ].join('\n')
}

function call(method: string, target: string): string {
  const name = method.toLowerCase()
  // Any token may be a method.
  const member = methods.includes(method) ? `.${name}` : `[${literal(name)}]`
  return `${member}(${literal(target.replaceAll('•', '%E2%80%A2'))})`
}

function expectations(
  framework: TestFramework,
  { status, lines, body }: ReceivedResponse,
  isText: boolean,
): string[] {
  const same = (actual: string, expected: string): string =>
    framework === 'node'
      ? `  assert.equal(${actual}, ${expected})`
      : `  expect(${actual}).toBe(${expected})`
  const kept = lines.filter(
    ([name, value]) => !changing.includes(name.toLowerCase()) && !value.includes(mask),
  )
  const names = [...new Set(kept.map(([name]) => name.toLowerCase()))]
  const joined = (name: string): string =>
    kept
      .filter(([each]) => each.toLowerCase() === name)
      .map(([, value]) => value)
      .join(', ')
  return [
    same('response.status', String(status)),
    ...names.map((name) => same(`response.headers[${literal(name)}]`, literal(joined(name)))),
    isText
      ? same('response.body.toString()', literal(body.toString()))
      : same("response.body.toString('base64')", literal(body.toString('base64'))),
  ]
}

function bytes(body: Buffer): string {
  const text = body.toString()
  return Buffer.from(text).equals(body)
    ? literal(text)
    : `Buffer.from(${literal(body.toString('base64'))}, 'base64')`
}

// JSON is JavaScript. What would show the source otherwise than it runs is escaped.
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
