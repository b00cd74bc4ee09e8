import { request as httpRequest } from 'node:http'
import { onTestFinished } from 'vitest'
import {
  type ActionProperties,
  type AlbEvent,
  type ApplicationLoadBalancer,
  type ApplicationLoadBalancerOptions,
  type ConditionProperties,
  ConfigurationError,
  createApplicationLoadBalancer,
  type LambdaHandler,
  type ListenerRuleProperties,
} from '../../src/index.ts'

/** Answers with the name it was given, and the event it got. */
export function naming(name: string): LambdaHandler {
  return (event) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, event }),
  })
}

export const fixed = (body: string): ActionProperties => ({
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: body },
})

export const forward = (targetGroup: string): ActionProperties => ({
  Type: 'forward',
  TargetGroupArn: targetGroup,
})

type Options = Partial<ApplicationLoadBalancerOptions>

/** One HTTP listener on port 80 with a function behind it, but for what is given. */
export function optionsWith(options: Options = {}): ApplicationLoadBalancerOptions {
  return {
    listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [forward('Api')] } },
    targetGroups: { Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }] } },
    targets: { api: naming('api') },
    log: () => {},
    logHealth: () => {},
    ...options,
  }
}

/** Options with one rule, priority 1, that answers `matched`; all else is answered `default`. */
export function optionsWithRule(
  rule: Partial<ListenerRuleProperties>,
): ApplicationLoadBalancerOptions {
  return optionsWith({
    listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('default')] } },
    listenerRules: {
      Only: {
        ListenerArn: 'Web',
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['*'] }],
        Actions: [fixed('matched')],
        ...rule,
      },
    },
  })
}

/** Listens on free ports for the current test. */
export async function open(
  options: ApplicationLoadBalancerOptions,
): Promise<ApplicationLoadBalancer> {
  const loadBalancer = createApplicationLoadBalancer(options)
  const ports = Object.keys(options.listeners).map((name) => [name, 0] as const)
  await loadBalancer.listen({ ports: Object.fromEntries(ports) })
  onTestFinished(() => loadBalancer.close())
  return loadBalancer
}

export function urlOf(loadBalancer: ApplicationLoadBalancer, listener = 'Web'): string {
  return loadBalancer.url(listener)
}

export interface Reply {
  readonly status: number
  /** Names as sent, in order. */
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface Request {
  readonly method?: string
  /** The request target, sent as it is. */
  readonly target?: string
  readonly headers?: Record<string, string | string[]>
  readonly body?: string
  readonly localAddress?: string
}

/** Sends one request on a connection of its own. */
export function send(url: string, request: Request = {}): Promise<Reply> {
  const { method = 'GET', target = '/', headers = {}, body, localAddress = '127.0.0.1' } = request
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const outgoing = httpRequest(
      { hostname, port, method, path: target, headers, agent: false, localAddress },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece
        })
        response.once('error', reject).once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            rawHeaders: response.rawHeaders,
            headers: response.headers,
            body: text,
          }),
        )
      },
    )
    outgoing.once('error', reject).end(body)
  })
}

/** Whether a rule with these conditions matches the request. */
export async function matches(
  conditions: ConditionProperties | ConditionProperties[],
  request: Request,
): Promise<boolean> {
  const loadBalancer = await open(optionsWithRule({ Conditions: [conditions].flat() }))
  return (await send(urlOf(loadBalancer), request)).body === 'matched'
}

/** The event that reaches the function behind the load balancer. */
export async function eventThrough(
  options: ApplicationLoadBalancerOptions,
  request: Request = {},
): Promise<AlbEvent> {
  const reply = await send(urlOf(await open(options)), request)
  return JSON.parse(reply.body).event
}

/** What a configuration is refused with. */
export function refusalOf(options: ApplicationLoadBalancerOptions): {
  code: string
  message: string
} {
  try {
    createApplicationLoadBalancer(options)
  } catch (error) {
    if (error instanceof ConfigurationError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('the configuration was accepted')
}
