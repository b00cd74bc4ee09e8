import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { ways } from './ways.ts'

const storage = new AsyncLocalStorage<string>()

/** Runs each request in a context of its own path. */
function inContext(): Koa {
  return new Koa().use((ctx, next) => storage.run(ctx.path, next))
}

describe.each(ways)('AsyncLocalStorage over %s', (_, visit) => {
  it('keeps a context through middlewares that wait', async () => {
    const app = inContext().use(async (ctx, next) => {
      await setImmediate()
      await next()
      await setImmediate()
      ctx.body = `${ctx.body}, then ${storage.getStore()}`
    })
    app.use(async (ctx) => {
      await setImmediate()
      ctx.body = storage.getStore()
    })
    expect(await visit(app, '/a')).toBe('200 /a, then /a')
  })

  it('keeps the contexts of concurrent requests apart', async () => {
    const app = inContext().use(async (ctx) => {
      for (let turn = 0; turn < 5; turn++) await setImmediate()
      ctx.body = storage.getStore()
    })
    const answers = await Promise.all(['/a', '/b', '/c'].map((path) => visit(app, path)))
    expect(answers).toEqual(['200 /a', '200 /b', '200 /c'])
  })

  it('keeps a context while the request body is read', async () => {
    const app = inContext().use(async (ctx) => {
      for await (const _chunk of ctx.req);
      ctx.body = storage.getStore()
    })
    expect(await visit(app, '/a')).toBe('200 /a')
  })

  it('ends a response in the context it was ended in', async () => {
    const seen: unknown[] = []
    await visit((_req, res) => {
      res.on('finish', () => seen.push('finish', storage.getStore()))
      storage.run('/a', () => res.end('done'))
    }, '/a')
    await expect.poll(() => seen).toEqual(['finish', '/a'])
  })
})
