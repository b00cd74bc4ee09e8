import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { moduleChecks } from '../../src/doctor/checks/module-checks.ts'
import { folderWith } from '../shared/folder.ts'

const bin = fileURLToPath(new URL('../../bin/koa-alb-local.js', import.meta.url))
const hasCallbacks = Number.parseInt(process.versions.node, 10) < 24

interface Run {
  readonly code: number
  readonly failed: readonly string[]
  readonly notRun: readonly string[]
  readonly messages: readonly string[]
}

async function doctor(source: string, ...args: string[]): Promise<Run> {
  const cwd = await folderWith({ 'lambda.mjs': source })
  const typed = [bin, 'doctor', 'lambda.mjs', '--format', 'json', ...args]
  const [code, stdout] = await new Promise<[number, string]>((resolve) => {
    execFile(process.execPath, typed, { cwd }, (error, stdout) =>
      resolve([Number(error?.code ?? 0), stdout]),
    )
  })
  const { checks } = JSON.parse(stdout)
  const codesOf = (wanted: string): string[] =>
    checks
      .filter(({ status }: { status: string }) => status === wanted)
      .map((check: { code: string }) => check.code)
  const messages = checks.flatMap(({ findings }: { findings: { message: string }[] }) =>
    findings.map(({ message }) => message),
  )
  return { code, failed: codesOf('failed'), notRun: codesOf('not run'), messages }
}

const answering = (first: string, parameters = 'event'): string => `
let last
let calls = 0
export const handler = async (${parameters}) => {
  const multi = Boolean(event.multiValueHeaders)
  const query = JSON.stringify(event.multiValueQueryStringParameters ?? event.queryStringParameters)
  let statusCode = 200
  let body = event.httpMethod === 'HEAD' ? '' : query
  ${first}
  return { statusCode, body, [multi ? 'multiValueHeaders' : 'headers']: {
    'content-type': multi ? ['text/plain'] : 'text/plain' } }
}`

const later = 'await new Promise((resolve) => setImmediate(resolve))'
const spoilings: Readonly<Record<string, readonly [source: string, message: string]>> = {
  ALB302: [answering('', 'event, context, callback'), 'the handler declares 3 parameters'],
  ALB311: [answering("event.path = '/other'"), 'the event is changed: path'],
  ALB312: [
    answering("if (query.includes('doctor') && (calls += 1) === 2) statusCode = 500"),
    'the same event again: status 500, and not status 200',
  ],
  ALB313: [
    answering(`last = body; ${later}; if (query.includes('doctor')) body = last`),
    'beside another event, the answer is not its own',
  ],
  ALB314: [answering('setTimeout(() => {}, 60_000)'), 'a timer is open after the answer'],
}

it('has a handler for each check of the module that fails it', () => {
  expect(Object.keys(spoilings)).toEqual(moduleChecks.map(({ code }) => code))
})

it.each(Object.entries(spoilings))(
  'fails %s, and nothing else',
  async (code, [source, message]) => {
    const run = await doctor(source)
    // Those that take a callback do not start from Node 24 on.
    const failed = code === 'ALB302' && !hasCallbacks ? ['ALB301', 'ALB302'] : [code]
    expect(run.failed).toEqual(failed)
    expect(run.messages).toContain(message)
    expect(run.code).toBe(1)
  },
)

it('fails none of them for a handler that is as it should be', async () => {
  const { code, failed, notRun } = await doctor(answering(''))
  expect({ code, failed }).toEqual({ code: 0, failed: [] })
  expect(notRun.filter((each) => each.startsWith('ALB3'))).toEqual([])
})

it('says that an answer is missing while another event is handled', async () => {
  const first = `if (last) throw new Error('busy'); last = true; ${later}; last = undefined`
  const { failed, messages } = await doctor(answering(first))
  expect(failed).toEqual(['ALB313'])
  expect(messages).toContain('beside another event: no answer (Error: busy), and not status 200')
})

it('takes an answer that is another one only once for chance, as a time in it may be', async () => {
  const first = "if (query.includes('doctor') && (calls += 1) === 4) body += '!'"
  const { failed } = await doctor(answering(first))
  expect(failed).toEqual([])
})

it('ends when a handler never answers, and says what it did not ask', async () => {
  const { failed, notRun } = await doctor(
    answering('await new Promise(() => setInterval(() => {}, 1e6))'),
    ...['--timeout', '1'],
  )
  expect(failed).toEqual(['ALB102'])
  expect(notRun).toContain('ALB103')
  expect(notRun).toContain('ALB311')
})

it('says that the init phase takes too long, and examines nothing', async () => {
  const never = 'setInterval(() => {}, 1e6); await new Promise(() => {})'
  const { code, failed, notRun, messages } = await doctor(`${never}; export const handler = 1`)
  expect({ code, failed }).toEqual({ code: 1, failed: ['ALB303'] })
  expect(messages[0]).toMatch(/: the function did not start within 10 s, the limit of the init/)
  expect(notRun).toContain('ALB101')
}, 60_000)
