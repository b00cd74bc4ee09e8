import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type ActionProperties,
  type ApplicationLoadBalancer,
  createApplicationLoadBalancer,
} from '../../src/index.ts'
import { fixed, optionsWith, send, urlOf } from '../shared/application-load-balancer.ts'

type Config = Omit<NonNullable<ActionProperties['RedirectConfig']>, 'StatusCode'>

/** An HTTP listener that redirects so, and an HTTPS listener in plain HTTP, on free ports. */
async function openBoth(config: Config, mapRedirects = true): Promise<ApplicationLoadBalancer> {
  const action: ActionProperties = {
    Type: 'redirect',
    RedirectConfig: { StatusCode: 'HTTP_301', ...config },
  }
  const loadBalancer = createApplicationLoadBalancer(
    optionsWith({
      tls: false,
      listeners: {
        Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [action] },
        Secure: { Port: 443, Protocol: 'HTTPS', DefaultActions: [fixed('secure')] },
      },
    }),
  )
  await loadBalancer.listen({ ports: { Web: 0, Secure: 0 }, mapRedirects })
  onTestFinished(() => loadBalancer.close())
  return loadBalancer
}

async function location(loadBalancer: ApplicationLoadBalancer, host?: string): Promise<unknown> {
  const headers = host === undefined ? {} : { host }
  return (await send(urlOf(loadBalancer), { target: '/a?b=c', headers })).headers.location
}

const toHttps: Config = { Protocol: 'HTTPS', Port: '443' }

describe('with mapRedirects a redirect', () => {
  it('to a listener leads to where that is open, as it is spoken', async () => {
    const loadBalancer = await openBoth(toHttps)
    const url = String(await location(loadBalancer))
    expect(url).toBe(`${loadBalancer.url('Secure')}/a?b=c`)
    expect(await (await fetch(urlOf(loadBalancer))).text()).toBe('secure')
  })

  it('to its own listener keeps the port that is open', async () => {
    const loadBalancer = await openBoth({ Path: '/new' })
    expect(await location(loadBalancer)).toBe(`${urlOf(loadBalancer)}/new?b=c`)
  })

  it('keeps the name by which the client came', async () => {
    const loadBalancer = await openBoth(toHttps)
    const { port } = new URL(loadBalancer.url('Secure'))
    expect(await location(loadBalancer, 'Shop.Localhost:3000')).toBe(
      `http://shop.localhost:${port}/a?b=c`,
    )
  })

  it('to another host is as declared', async () => {
    const loadBalancer = await openBoth({ ...toHttps, Host: 'b.example' })
    expect(await location(loadBalancer)).toBe('https://b.example:443/a?b=c')
  })

  it('to a port without a listener is as declared', async () => {
    const loadBalancer = await openBoth({ Protocol: 'HTTPS', Port: '8443' })
    expect(await location(loadBalancer)).toBe('https://127.0.0.1:8443/a?b=c')
  })
})

it('names the port of the listener without mapRedirects', async () => {
  expect(await location(await openBoth(toHttps, false))).toBe('https://127.0.0.1:443/a?b=c')
})
