import { expect, onTestFinished } from 'vitest'
import {
  type ApplicationLoadBalancerOptions,
  createApplicationLoadBalancer,
  type LambdaHandler,
  Recorder,
} from '../../src/index.ts'
import { Inspector } from '../../src/inspector/inspector.ts'
import { optionsWith } from '../shared/application-load-balancer.ts'

// Each test knows what it asked for.
type Json = ReturnType<typeof JSON.parse>

export interface Inspected {
  readonly recorder: Recorder
  /** Of the load balancer. */
  readonly url: string
  urlOf(listener: string): string
  /** Of the page, with its token. */
  readonly page: URL
  /** The JSON of a path below `/api`. */
  api(path: string, init?: RequestInit): Promise<{ status: number; json: Json }>
  text(path: string): Promise<string>
  post(path: string, body: unknown): Promise<{ status: number; json: Json }>
}

/** A load balancer in front of the handler, and its inspector, for the current test. */
export async function inspected(
  handler: LambdaHandler,
  options: Partial<ApplicationLoadBalancerOptions> & { readonly recorder?: Recorder } = {},
  compareUrl?: string,
): Promise<Inspected> {
  const recorder = options.recorder ?? new Recorder()
  const all = optionsWith({ targets: { api: handler }, ...options, recorder })
  const loadBalancer = createApplicationLoadBalancer(all)
  const ports = Object.keys(all.listeners).map((name) => [name, 0] as const)
  await loadBalancer.listen({ ports: Object.fromEntries(ports) })
  const inspector = new Inspector({
    recorder,
    compareUrl,
    version: '1.2.3',
    listeners: () =>
      [...loadBalancer.listeners].map(([name, { url, rules }]) => {
        return { name, url, rules, port: Number(all.listeners[name]?.Port) }
      }),
    targetGroups: () =>
      [...loadBalancer.targetGroups].map(([name, { arn, health }]) => {
        return { name, arn, health: health.State }
      }),
    urlInMode: async () => loadBalancer.url('Web'),
  })
  await inspector.listen(0)
  onTestFinished(async () => {
    await inspector.close()
    await loadBalancer.close()
  })
  const page = new URL(inspector.url)
  const headers = { authorization: `Bearer ${page.searchParams.get('token')}` }
  // A client may have its response before the exchange is over.
  const over = (): Promise<void> =>
    expect.poll(() => recorder.exchanges().every(({ isOver }) => isOver)).toBe(true)
  const api: Inspected['api'] = async (path, init = {}) => {
    await over()
    const response = await fetch(`${page.origin}/api${path}`, { headers, ...init })
    return { status: response.status, json: await response.json() }
  }
  return {
    recorder,
    url: loadBalancer.url('Web'),
    urlOf: (listener) => loadBalancer.url(listener),
    page,
    api,
    text: async (path) => {
      await over()
      return (await fetch(`${page.origin}/api${path}`, { headers })).text()
    },
    post: (path, body) => api(path, { headers, method: 'POST', body: JSON.stringify(body) }),
  }
}
