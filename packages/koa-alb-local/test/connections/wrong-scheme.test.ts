import { expect, it, vi } from 'vitest'
import type { LogEntry } from '../../src/index.ts'
import { open, urlOf } from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { head, logFor, ok } from '../shared/load-balancer.ts'

it.each(['GET', 'HEAD', 'POST', 'PUT'])(
  '%s over http:// to an HTTPS listener is told so',
  async (method) => {
    const entries: LogEntry[] = []
    const loadBalancer = await open(httpsOptions({}, { log: (entry) => entries.push(entry) }))
    const port = Number(new URL(urlOf(loadBalancer)).port)
    const received = await send(port, head(`${method} / HTTP/1.1`, 'Host: a.example'))
    expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(received).toContain('<center>The plain HTTP request was sent to HTTPS port</center>')
    expect(entries).toMatchObject([
      {
        status: 400,
        detail:
          'the client speaks HTTP without TLS, this listener HTTPS: is it https:// that is meant?',
      },
    ])
  },
)

it('https:// to an HTTP listener is told so', async () => {
  const hello = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'
  const { received, detail, cause } = await logFor({ target: ok }, hello)
  expect(received).toContain('<center>The TLS request was sent to HTTP port</center>')
  expect(detail).toBe('the client speaks TLS, this listener HTTP: is it http:// that is meant?')
  expect(cause).toBeUndefined()
})

it('a handshake that fails for another reason is no request', async () => {
  const entries: LogEntry[] = []
  const loadBalancer = await open(httpsOptions({}, { log: (entry) => entries.push(entry) }))
  const port = Number(new URL(urlOf(loadBalancer)).port)
  await send(port, 'nonsense\r\n\r\n')
  await vi.waitUntil(() => loadBalancer.metrics.ClientTLSNegotiationErrorCount === 1)
  expect(entries).toEqual([])
})
