import { createServer, type RequestListener } from 'node:http'
import { albHandler } from 'koa-alb'
import { describe, expect, it } from 'vitest'
import { invoke, ways } from './ways.ts'

const greet: RequestListener = (_req, res) => void res.end('hello')

describe.each(ways)('an http.Server over %s', (_, visit) => {
  it('gives each request to all its listeners, in order', async () => {
    const seen: string[] = []
    const server = createServer((req) => seen.push(`first ${req.url}`))
    server.on('request', (req) => seen.push(`second ${req.url}`)).on('request', greet)
    server.prependListener('request', (req) => seen.push(`prepended ${req.url}`))
    expect(await visit(server, '/a')).toBe('200 hello')
    expect(seen).toEqual(['prepended /a', 'first /a', 'second /a'])
  })

  it('is what its listeners are called on', async () => {
    const seen: unknown[] = []
    const server = createServer(greet).on('request', function (this: unknown) {
      seen.push(this)
    })
    await visit(server, '/')
    expect(seen).toEqual([server])
  })

  it('calls a listener added with once for one request', async () => {
    const seen: unknown[] = []
    const server = createServer(greet).once('request', (req) => seen.push(req.url))
    await visit(server, '/a')
    await visit(server, '/b')
    expect(seen).toEqual(['/a'])
  })

  it('leaves the methods of req and res that a listener wraps to the next one', async () => {
    const server = createServer((_req, res) => {
      const { end } = res
      res.end = (...values: unknown[]) => Reflect.apply(end, res, [`wrapped ${values[0]}`])
    })
    server.on('request', greet)
    expect(await visit(server, '/')).toBe('200 wrapped hello')
  })
})

describe('an http.Server given to albHandler', () => {
  it('calls a listener that is added afterwards', async () => {
    const seen: unknown[] = []
    const server = createServer(greet)
    const handler = albHandler(server)
    server.prependListener('request', (req) => seen.push(req.url))
    expect(await invoke(handler, '/a', 'headers')).toBe('200 hello')
    expect(seen).toEqual(['/a'])
  })
})
