import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { describe, expect, it } from 'vitest'
import { albHandler, invocation } from '../src/index.ts'
import { context, multiEvent } from './events.ts'

const MARK = 'mark-of-somebody-else'

/** Paths to all that holds the mark, from what is given: properties, prototypes, collections, bytes. */
function marksIn(roots: Record<string, unknown>): string[] {
  const found: string[] = []
  const seen = new Set<unknown>()
  const rest = Object.entries(roots)
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'string' && value.includes(MARK)) found.push(path)
    const isNew = (typeof value === 'object' || typeof value === 'function') && !seen.has(value)
    if (value !== null && isNew && seen.add(value)) rest.push([path, value])
  }
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [path, object] = next as [string, object]
    if (ArrayBuffer.isView(object))
      visit(`${path}.buffer`, Buffer.from(object.buffer).toString('latin1'))
    if (object instanceof Map || object instanceof Set) {
      for (const entry of object) visit(`${path}[]`, entry)
    }
    visit(`${path}.__proto__`, Object.getPrototypeOf(object))
    for (const [key, { value, get }] of Object.entries(ownProperties(object))) {
      visit(`${path}.${key}`, value)
      visit(`get ${path}.${key}`, get)
    }
  }
  return found
}

function ownProperties(object: object): Record<string, PropertyDescriptor> {
  if (ArrayBuffer.isView(object)) return {}
  const keys = Reflect.ownKeys(object)
  return Object.fromEntries(
    keys.map((key) => [String(key), Reflect.getOwnPropertyDescriptor(object, key) ?? {}]),
  )
}

const marked = multiEvent({
  httpMethod: 'POST',
  path: `/${MARK}`,
  multiValueQueryStringParameters: { [MARK]: [MARK] },
  multiValueHeaders: { host: [MARK], cookie: [MARK], [MARK]: [MARK] },
  body: MARK.repeat(100),
})

const endings: Record<string, (req: IncomingMessage, res: ServerResponse) => void> = {
  complete: (_req, res) => void res.setHeader('set-cookie', MARK).end(MARK),
  echoed: (req, res) => void req.pipe(res),
  destroyed: (_req, res) => void res.destroy(new Error(MARK)),
  'too late': () => {},
  'too large': (_req, res) => void res.setHeader('x-mark', MARK).end(MARK.repeat(200_000)),
  incomplete: (_req, res) => void res.setHeader('content-length', 1).end(MARK),
  refused: (_req, res) => void res.setHeader('x-mark', `${MARK}é`).end(),
  'thrown at': () => {
    throw new Error(MARK)
  },
}

describe('nothing of a request that was', () => {
  it.each(Object.keys(endings))('%s can be reached from the next', async (ending) => {
    let found: string[] | undefined
    const listener: RequestListener = (req, res) => {
      if (req.url?.includes(MARK)) return endings[ending]?.(req, res)
      req.on('data', (chunk) => {
        const { socket } = req
        const { event, signal } = invocation(req) ?? {}
        found = marksIn({ req, res, socket, chunk, event, signal, handler })
        res.end()
      })
    }
    const handler = albHandler(createServer(listener))
    const soon = { ...context, getRemainingTimeInMillis: () => 260 }
    await handler(marked, soon).catch(() => {})
    await handler(multiEvent({ httpMethod: 'POST', body: 'mine' }), context)
    expect(found).toEqual([])
  })

  it('is what the search finds', () => {
    expect(marksIn({ a: { b: [Buffer.from(MARK)] }, c: new Map([[MARK, 1]]) })).toHaveLength(2)
  })
})
