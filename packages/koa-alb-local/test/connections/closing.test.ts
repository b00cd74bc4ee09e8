import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect, type Server } from 'node:net'
import { connect as secureConnect } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { createLoadBalancer } from '../../src/index.ts'
import { open, optionsWith } from '../shared/application-load-balancer.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { start } from '../shared/load-balancer.ts'

const address = { host: '127.0.0.1' }

it.each([
  ['http', optionsWith()],
  ['https', httpsOptions()],
])('closes a connection on which nothing was sent: %s', async (_name, options) => {
  const loadBalancer = await open(options)
  const { port } = new URL(loadBalancer.url('Web'))
  const accepted = once(serverOf(loadBalancer), 'connection')
  const socket = connect({ port: Number(port), ...address }).resume()
  socket.on('error', () => {})
  await accepted
  await Promise.all([loadBalancer.close(), once(socket, 'close')])
})

it('closes a secure connection on which nothing was sent', async () => {
  const loadBalancer = await open(httpsOptions())
  const { port } = new URL(loadBalancer.url('Web'))
  const accepted = once(serverOf(loadBalancer), 'secureConnection')
  const socket = secureConnect({ port: Number(port), ...address, rejectUnauthorized: false })
  socket.on('error', () => {}).resume()
  await accepted
  await Promise.all([loadBalancer.close(), once(socket, 'close')])
})

it('closes a connection on which nothing was sent with a server of one function', async () => {
  const loadBalancer = createLoadBalancer({ target: null }).listen(0, '127.0.0.1')
  await once(loadBalancer, 'listening')
  const accepted = once(loadBalancer, 'connection')
  const socket = connect({ port: Object(loadBalancer.address()).port, ...address }).resume()
  socket.on('error', () => {})
  await accepted
  await Promise.all([once(loadBalancer.close(), 'close'), once(socket, 'close')])
})

it('answers what is under way, and keeps the connection no longer', async () => {
  let answer = (_document: object): void => {}
  let entered = (): void => {}
  const isEntered = new Promise<void>((resolve) => {
    entered = resolve
  })
  const loadBalancer = createLoadBalancer({
    target: () =>
      new Promise((resolve) => {
        answer = resolve
        entered()
      }),
  }).listen(0, '127.0.0.1')
  await once(loadBalancer, 'listening')
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const request = get({ port: Object(loadBalancer.address()).port, ...address, agent })
  const responded = once(request, 'response')
  await isEntered
  const closed = once(loadBalancer.close(), 'close')
  answer({ statusCode: 200 })
  const [response] = await responded
  expect(response.resume().headers.connection).toBe('close')
  await closed
})

it('keeps the connection of a request that is half there, for the rest of it', async () => {
  const loadBalancer = createLoadBalancer({ target: () => ({ statusCode: 204 }) })
  await once(loadBalancer.listen(0, '127.0.0.1'), 'listening')
  const accepted = once(loadBalancer, 'connection')
  const client = connect({ port: Object(loadBalancer.address()).port, ...address })
  const [socket] = await accepted
  client.write('GET / HTTP/1.1\r\nHost: ')
  while (socket.bytesRead === 0) await new Promise(setImmediate)
  const closed = once(loadBalancer.close(), 'close')
  client.write('a.example\r\n\r\n')
  const [bytes] = await once(client, 'data')
  expect(String(bytes)).toMatch(/^HTTP\/1\.1 204 /)
  await closed
})

it('goes on with keep-alive while it listens', async () => {
  const port = await start({ target: () => ({ statusCode: 200 }) })
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const [response] = await once(get({ port, ...address, agent }), 'response')
  expect(response.resume().headers.connection).toBe('keep-alive')
})

function serverOf({ listeners }: Awaited<ReturnType<typeof open>>): Server {
  const listener = listeners.get('Web')
  if (!listener) throw new Error('no listener')
  return listener.server
}
