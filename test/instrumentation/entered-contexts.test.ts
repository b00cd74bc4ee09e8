import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEntering, type Entering } from './entering.ts'
import { deadlineMoments, type Moment, moments } from './moments.ts'
import { invoking, type Open, type Session, sessions } from './sessions.ts'

const at = Object.entries(moments)
const answers: Moment = (_req, res) => res.end()

async function opened(open: Open, { listener }: Entering): Promise<Session> {
  const session = await open(listener)
  onTestFinished(() => session.close())
  return session
}

describe.each(sessions)('a context entered over %s', (_way, open) => {
  it.each(at)('%s is not there in the next request', async (_, moment) => {
    const app = createEntering(moment)
    const session = await opened(open, app)
    await session.post('/enter')
    await app.whenEntered
    expect(await session.post('/ask')).toBe('undefined')
  })

  it.each(at)('%s is not there in a request that overlaps', async (_, moment) => {
    const app = createEntering(moment)
    const session = await opened(open, app)
    const [, answer] = await Promise.all([session.post('/enter'), session.post('/ask')])
    await app.whenEntered
    expect([answer, await session.post('/ask')]).toEqual(['undefined', 'undefined'])
  })

  it.each(at)('%s is not there for the caller', async (_, moment) => {
    const app = createEntering(moment)
    const session = await opened(open, app)
    const seen: unknown[] = []
    await app.storage.run('of the caller', async () => {
      const posted = session.post('/enter')
      seen.push(app.storage.getStore())
      await posted
      seen.push(app.storage.getStore())
      await app.whenEntered
      await turn()
      seen.push(app.storage.getStore())
    })
    expect(seen).toEqual(['of the caller', 'of the caller', 'of the caller'])
  })

  it.each(['http.server.request.start', 'http.server.response.finish'])(
    'by a subscriber to %s is not there in the next request',
    async (name) => {
      const app = createEntering(answers)
      const onMessage = (message: unknown): void => {
        // Both channels publish the request.
        if ((message as { request: { url: string } }).request.url === '/enter') app.enter()
      }
      subscribe(name, onMessage)
      onTestFinished(() => void unsubscribe(name, onMessage))
      const session = await opened(open, app)
      await session.post('/enter')
      await app.whenEntered
      expect(await session.post('/ask')).toBe('undefined')
    },
  )

  it('by a store bound to a channel is there as long as the channel runs', async () => {
    const requests = channel('test.requests')
    const app = createEntering((_req, res, enter) => {
      const inside = requests.runStores('of another request', () => app.storage.getStore())
      enter()
      res.end(inside)
    })
    requests.bindStore(app.storage)
    onTestFinished(() => void requests.unbindStore(app.storage))
    const session = await opened(open, app)
    expect(await session.post('/enter')).toBe('of another request')
    expect(await session.post('/ask')).toBe('undefined')
  })
})

describe('a context entered over albHandler', () => {
  it.each(Object.entries(deadlineMoments))(
    '%s at the deadline is not there in the next request',
    async (_, moment) => {
      const app = createEntering(moment)
      await invoking(app.listener, { deadlineMarginMs: 0 }, 1).post('/enter')
      await app.whenEntered
      expect(app.storage.getStore()).toBeUndefined()
      expect(await invoking(app.listener).post('/ask')).toBe('undefined')
    },
  )

  it('in onError is not there in the next request', async () => {
    const app = createEntering((_req, res) => res.destroy())
    const onError = (): undefined => app.enter() as undefined
    const session = invoking(app.listener, { onError })
    expect(await session.post('/enter')).toBe('no answer')
    expect(await session.post('/ask')).toBe('undefined')
  })

  it('before a throw of the listener is not there in the next request', async () => {
    const app = createEntering((_req, _res, enter) => {
      enter()
      throw new Error('of the app')
    })
    const session = invoking(app.listener)
    expect(await session.post('/enter')).toBe('no answer')
    expect(await session.post('/ask')).toBe('undefined')
  })
})
