import { create, type Domain } from 'node:domain'
import type { RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sessions } from './sessions.ts'

// Deprecated for years, and still what older error handlers stand on.
const current = (): Domain | null | undefined => (process as { domain?: Domain | null }).domain

const tellsDomain: RequestListener = (_req, res) => void res.end(current() ? 'in one' : 'in none')

describe.each(sessions)('a domain over %s', (_, open) => {
  it.each<[string, RequestListener]>([
    ['run in the listener', (_req, res) => create().run(() => void setImmediate(() => res.end()))],
    [
      'that req and res were added to',
      (req, res) => {
        const domain = create()
        domain.add(req)
        domain.add(res)
        domain.run(() => void res.end())
      },
    ],
    [
      'run in finish',
      (_req, res) => {
        res.once('finish', () => create().run(() => void setImmediate(() => {}))).end()
      },
    ],
    [
      'run in data of req',
      (req, res) => {
        req.once('data', () => create().run(() => void setImmediate(() => res.end())))
      },
    ],
  ])('%s is not there in the next request', async (_name, listener) => {
    const session = await open((req, res) =>
      req.url === '/enter' ? listener(req, res) : tellsDomain(req, res),
    )
    onTestFinished(() => session.close())
    await session.post('/enter')
    expect(await session.post('/ask')).toBe('in none')
    expect(current() ?? undefined).toBeUndefined()
  })

  it('gets what a timer of the request throws', async () => {
    const session = await open((_req, res) => {
      const domain = create()
      domain.on('error', (error) => void res.end(`caught ${error.message}`))
      domain.run(() =>
        setTimeout(() => {
          throw new Error('in a timer')
        }, 1),
      )
    })
    onTestFinished(() => session.close())
    expect(await session.post('/')).toBe('caught in a timer')
  })

  it('gets what a data listener of a request added to it throws', async () => {
    const session = await open((req, res) => {
      const domain = create()
      domain.on('error', (error) => void res.end(`caught ${error.message}`))
      domain.add(req)
      req.on('data', () => {
        throw new Error('in data')
      })
    })
    onTestFinished(() => session.close())
    expect(await session.post('/')).toBe('caught in data')
  })
})
