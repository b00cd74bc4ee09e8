import type { RequestListener } from 'node:http'
import { type AlbHandler, type AlbHandlerOptions, albHandler } from 'koa-alb'
import { createApplicationLoadBalancer, createLoadBalancer } from 'koa-alb-local'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuredKoa, koa } from '../apps/koa.ts'
import type { App } from './contract.ts'
import { get } from './request.ts'
import { serving } from './serving.ts'
import { exchange } from './wire.ts'

const claimed = 'X-Forwarded-For: 10.0.0.5'
const modes = ['append', 'preserve', 'remove']

describe.each([false, true])('multi-value headers %s: the client', (multiValueHeaders) => {
  /** What an app answers to what a client claims. */
  async function answer(
    app: App,
    mode: string,
    options: AlbHandlerOptions = {},
    lines: readonly string[] = [claimed],
  ): Promise<string> {
    const port = await balancing(albHandler(app, options), mode, multiValueHeaders)
    return (await exchange(port, get('/', ...lines))).body.toString()
  }

  it('is the client that the load balancer appended', async () => {
    expect(await answer(sayingItsPeer, 'append')).toBe('127.0.0.1 IPv4')
  })

  it("is the client's word in preserve mode", async () => {
    expect(await answer(sayingItsPeer, 'preserve')).toBe('10.0.0.5 IPv4')
  })

  it('is unknown in preserve mode when the client says nothing', async () => {
    expect(await answer(sayingItsPeer, 'preserve', {}, [])).toBe('undefined undefined')
  })

  it('is unknown in remove mode', async () => {
    expect(await answer(sayingItsPeer, 'remove')).toBe('undefined undefined')
  })

  it.each(modes)('is unknown in every mode with clientAddress none: %s', async (mode) => {
    const options = { clientAddress: 'none' } as const
    expect(await answer(sayingItsPeer, mode, options)).toBe('undefined undefined')
  })

  it('is still in the field for an app that trusts it', async () => {
    const app = configuredKoa({ proxy: true }, (ctx) => {
      ctx.body = ctx.ip
    })
    expect(await answer(app, 'preserve', { clientAddress: 'none' })).toBe('10.0.0.5')
  })

  it('is nobody to Koa, on an encrypted connection, with clientAddress none', async () => {
    const app = koa((ctx) => {
      ctx.body = [ctx.ip, ctx.protocol]
    })
    const target = albHandler(app, { clientAddress: 'none' })
    const listener = { Port: 443, Protocol: 'HTTPS' } as const
    const port = await serving(createLoadBalancer({ target, multiValueHeaders, listener }))
    const { body } = await exchange(port, get('/', claimed, 'X-Forwarded-Proto: http'))
    expect(JSON.parse(body.toString())).toEqual(['', 'https'])
  })
})

const sayingItsPeer: RequestListener = ({ socket }, res) => {
  res.end(`${socket.remoteAddress} ${socket.remoteFamily}`)
}

/** The port of a load balancer in that mode, with the handler behind it. */
async function balancing(
  handler: AlbHandler,
  mode: string,
  multiValueHeaders: boolean,
): Promise<number> {
  const multi = { Key: 'lambda.multi_value_headers.enabled', Value: String(multiValueHeaders) }
  const loadBalancer = createApplicationLoadBalancer({
    loadBalancer: {
      LoadBalancerAttributes: [{ Key: 'routing.http.xff_header_processing.mode', Value: mode }],
    },
    listeners: {
      Web: {
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'App' }],
      },
    },
    targetGroups: {
      App: { TargetType: 'lambda', Targets: [{ Id: 'app' }], TargetGroupAttributes: [multi] },
    },
    targets: { app: handler },
  })
  await loadBalancer.listen({ ports: { Web: 0 } })
  onTestFinished(() => loadBalancer.close())
  return Number(new URL(loadBalancer.url('Web')).port)
}
