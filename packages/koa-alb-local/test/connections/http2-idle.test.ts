import { once } from 'node:events'
import type { ClientHttp2Session } from 'node:http2'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LambdaHandler, LogEntry } from '../../src/index.ts'
import { open, urlOf } from '../shared/application-load-balancer.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { connectHttp2, request2 } from '../shared/tls-clients.ts'

const get = { ':path': '/', ':authority': 'a.example' }

/** A connection with an idle timeout of a second, and what is logged. */
async function connectTo(
  handler: LambdaHandler,
): Promise<{ session: ClientHttp2Session; logged: Promise<LogEntry> }> {
  let log = (_entry: LogEntry): void => {}
  const logged = new Promise<LogEntry>((resolve) => {
    log = resolve
  })
  const options = httpsOptions(
    {},
    {
      targets: { api: handler },
      loadBalancer: {
        LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }],
      },
      log: (entry) => log(entry),
    },
  )
  return { session: connectHttp2(urlOf(await open(options))), logged }
}

/** Shows that the client lives, more often than the idle timeout. */
function keepPinging(session: ClientHttp2Session): void {
  const timer = setInterval(() => session.ping(() => {}), 300)
  onTestFinished(() => clearInterval(timer))
}

const large: LambdaHandler = () => ({ statusCode: 200, body: 'x'.repeat(500_000) })

/** A client that takes the head of an answer, and of its body what fits the window. */
async function takeNothing(session: ClientHttp2Session): Promise<void> {
  const stream = session.request(get)
  stream.on('error', () => {}).pause()
  await once(stream, 'response')
}

describe('an HTTP/2 client', () => {
  it('that takes no answer is cut off after the idle timeout, with 460 on the log', async () => {
    const { session, logged } = await connectTo(large)
    await takeNothing(session)
    expect(await logged).toMatchObject({ status: 460, targetStatus: 200 })
  })

  it('that takes no answer is cut off while it pings', async () => {
    const { session, logged } = await connectTo(large)
    keepPinging(session)
    await takeNothing(session)
    expect(await logged).toMatchObject({ status: 460 })
    expect(session.destroyed).toBe(false)
  })

  it('that sends no more of its body is answered with 408 while it pings', async () => {
    const { session } = await connectTo(large)
    keepPinging(session)
    const stream = session.request({ ...get, ':method': 'POST' })
    stream.write('a')
    const [headers] = await once(stream, 'response')
    expect(headers[':status']).toBe(408)
  })

  it('is not idle while the function runs', async () => {
    const { session } = await connectTo(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return { statusCode: 200, body: 'late' }
    })
    expect((await request2(session, get)).body).toBe('late')
  })

  it('gets a large answer whole', async () => {
    const { session } = await connectTo(large)
    expect((await request2(session, get)).body).toHaveLength(500_000)
  })
})
