import { createServer, type RequestListener, type Server } from 'node:http'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

const IDLE_MS = 400
const ways: [string, (listener: RequestListener) => Server][] = [
  [
    'the response',
    (listener) => createServer((req, res) => listener(req, res.setTimeout(IDLE_MS))),
  ],
  [
    'the socket',
    (listener) =>
      createServer((req, res) => {
        req.socket.setTimeout(IDLE_MS)
        listener(req, res)
      }),
  ],
  ['the server', (listener) => createServer(listener).setTimeout(IDLE_MS)],
]

describe.each(ways)('an idle time of %s', (_, serverFor) => {
  it('starts anew with each write', async () => {
    const server = serverFor((_req, res) => {
      let parts = 0
      const timer = setInterval(() => {
        if (++parts < 10) res.write('.')
        else res.end('done')
        if (parts === 10) clearInterval(timer)
      }, IDLE_MS / 8)
    })
    expect((await albHandler(server)(singleEvent(), context)).body).toBe('.........done')
  })

  it('closes the connection when nothing passes', async () => {
    const server = serverFor((_req, res) => void res.write('.'))
    await expect(albHandler(server)(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_CONNECTION_LOST',
    })
  })

  it('is over with a destroyed connection', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout')
    const before = timers()
    const server = serverFor((_req, res) => void res.destroy())
    await albHandler(server)(singleEvent(), context).catch(() => {})
    expect(timers()).toEqual(before)
  })
})

it('the listener of a request that has arrived is not asked about an idle connection', async () => {
  const handler = albHandler((req, res) => {
    req.setTimeout(10, () => res.end('kept'))
  })
  await expect(handler(singleEvent(), context)).rejects.toMatchObject({
    code: 'ALB_ERR_CONNECTION_LOST',
  })
})

it('a timer that is set after the response holds nothing', async () => {
  let timeout: number | undefined
  const handler = albHandler((req, res) => {
    const { socket } = req
    res.on('close', () => setImmediate(() => (timeout = socket.setTimeout(1000).timeout)))
    res.end()
  })
  await handler(singleEvent(), context)
  await new Promise(setImmediate)
  expect(timeout).toBeUndefined()
})
