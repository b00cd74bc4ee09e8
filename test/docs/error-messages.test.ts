import { readFile } from 'node:fs/promises'
import { type RequestListener, ServerResponse } from 'node:http'
import { type AlbErrorCode, type AlbHandlerOptions, albHandler } from 'koa-alb'
import { expect, it, onTestFinished } from 'vitest'
import { context, getEvent } from '../contract/events.ts'

interface Failure {
  readonly app?: RequestListener | Promise<RequestListener>
  readonly event?: object
  readonly options?: AlbHandlerOptions
  /** A member of ServerResponse.prototype that this Node is to lack. */
  readonly without?: string
}

const failures: Record<AlbErrorCode, Failure> = {
  ALB_ERR_APP_UNAVAILABLE: {
    get app() {
      return Promise.reject(new Error('db down'))
    },
  },
  ALB_ERR_CONNECTION_LOST: {
    app: (_req, res) => {
      res.write('a part')
      res.destroy()
    },
  },
  ALB_ERR_DEADLINE_EXCEEDED: { app: () => {}, options: { deadlineMarginMs: 29_990 } },
  ALB_ERR_HEADERS_TOO_LARGE: {
    app: (_req, res) => void res.setHeader('x', 'a'.repeat(39_922)).end(),
  },
  ALB_ERR_INVALID_EVENT: { event: { headers: { 'x-count': 1 } } },
  ALB_ERR_INVALID_HEADER: { app: (_req, res) => void res.setHeader('X-Name', 'Jörg').end() },
  ALB_ERR_INVALID_RESULT: {
    app: (_req, res) => void res.destroy(),
    options: { onError: () => ({ statusCode: '503' }) as never },
  },
  ALB_ERR_INVALID_STATUS: { app: (_req, res) => void res.writeHead(999).end() },
  ALB_ERR_LISTENER_FAILED: {
    app: () => {
      throw new Error('why')
    },
  },
  ALB_ERR_NOT_AN_ALB_EVENT: {},
  ALB_ERR_NOT_AN_APP: { app: { fetch: () => {} } as never },
  ALB_ERR_RAW_SOCKET_WRITE: { app: (req) => void req.socket.write('HTTP/1.1 101\r\n\r\n') },
  ALB_ERR_RESPONSE_INCOMPLETE: {
    app: (_req, res) => void res.setHeader('content-length', 10).end('short'),
  },
  ALB_ERR_RESPONSE_TOO_LARGE: {
    app: (_req, res) => void res.setHeader('content-type', 'image/png').end(Buffer.alloc(900_000)),
  },
  ALB_ERR_TOO_MANY_COOKIES: {
    app: (_req, res) => {
      const cookies = Array.from({ length: 600 }, (_, index) => `c${index}=1`)
      res.setHeader('set-cookie', cookies).end()
    },
  },
  ALB_ERR_UNSUPPORTED_NODE: { without: '_send' },
}

it.each(Object.entries(failures))('shows the message of %s', async (code, failure) => {
  const { app = () => {}, event, options, without } = failure
  if (without) onTestFinished(hide(without))
  const given =
    code === 'ALB_ERR_NOT_AN_ALB_EVENT'
      ? { source: 'aws.events', detail: {} }
      : { ...getEvent('/report', false), ...event }
  const invoke = async () => albHandler(app, options)(given as never, context)
  const error = await invoke().catch((reason) => reason)
  expect(error.code).toBe(code)
  const message = error.message.replace(process.version, 'v24.0.0')
  expect((await rowOf(code))[5]).toBe(`\`${message}\``)
})

it.each(Object.keys(failures))('has a line of code in the remedy of %s', async (code) => {
  expect((await rowOf(code))[7]).toMatch(/`[^`]+`/)
})

/** Takes a member from all responses; gives what puts it back. */
function hide(name: string): () => void {
  const value = Reflect.get(ServerResponse.prototype, name)
  Reflect.set(ServerResponse.prototype, name, undefined)
  return () => void Reflect.set(ServerResponse.prototype, name, value)
}

/** The cells of the code's row, before the first of which there is nothing. */
async function rowOf(code: string): Promise<string[]> {
  const docs = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const row = docs.split('\n').find((line) => line.startsWith(`| \`${code}\``)) ?? ''
  return row.split('|').map((cell) => cell.trim())
}
