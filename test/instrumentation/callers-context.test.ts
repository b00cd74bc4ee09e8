import { AsyncLocalStorage, executionAsyncId } from 'node:async_hooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import { deadlineMoments, moments } from './moments.ts'
import { invoking, sessions } from './sessions.ts'

const storage = new AsyncLocalStorage<string>()

// What the runtime keeps there: request and trace id.
describe('a context around the call of the handler', () => {
  it.each(Object.entries(moments))('is there %s', async (_, moment) => {
    const seen = await new Promise((resolve) => {
      const session = invoking((req, res) => moment(req, res, () => resolve(storage.getStore())))
      void storage.run('of the runtime', () => session.post('/'))
    })
    expect(seen).toBe('of the runtime')
  })

  it.each(Object.entries(deadlineMoments))('is there %s at the deadline', async (_, moment) => {
    const seen = await new Promise((resolve) => {
      const session = invoking(
        (req, res) => moment(req, res, () => resolve(storage.getStore())),
        { deadlineMarginMs: 0 },
        1,
      )
      void storage.run('of the runtime', () => session.post('/'))
    })
    expect(seen).toBe('of the runtime')
  })

  it('is there in onError', async () => {
    let seen: unknown
    const onError = (): void => {
      seen = storage.getStore()
    }
    const session = invoking((_req, res) => void res.destroy(), { onError })
    await storage.run('of the runtime', () => session.post('/'))
    expect(seen).toBe('of the runtime')
  })

  it('is that of each of two invocations that overlap', async () => {
    const session = invoking((_req, res) => void setImmediate(() => res.end(storage.getStore())))
    const posts = ['first', 'second'].map((name) => storage.run(name, () => session.post('/')))
    expect(await Promise.all(posts)).toEqual(['first', 'second'])
  })
})

describe.each(sessions)('over %s', (_, open) => {
  // What continuation-local-storage and its kind tell requests apart by.
  it('each request has an execution id of its own', async () => {
    const session = await open((_req, res) => void res.end(String(executionAsyncId())))
    onTestFinished(() => session.close())
    const ids = await Promise.all([session.post('/'), session.post('/'), session.post('/')])
    expect(new Set([...ids, String(executionAsyncId())]).size).toBe(4)
  })
})
