import type { Server } from 'node:http'
import { forwardTo } from './actions/forward.ts'
import { CurrentListener } from './connections/current-listener.ts'
import { createHttp1Server } from './connections/http1.ts'
import type { Recorder } from './inspection/recorder.ts'
import { type LogEntry, logFailures } from './log/log.ts'
import { loadBalancerId } from './properties/names.ts'
import { defaultHeaderAttributes } from './request/forwarded.ts'
import type { Listener } from './rules/listener.ts'
import { defaultRule } from './rules/rule.ts'
import { functionTarget } from './targets/function-target.ts'
import type { Target } from './targets/target.ts'
import type { LambdaHandler } from './types.ts'

export interface LoadBalancerOptions {
  /** A handler, called in this process, or a target; `null` is an empty target group: 503. */
  target: LambdaHandler | Target | null
  /** The target group's `lambda.multi_value_headers.enabled`. Default false, as on AWS. */
  multiValueHeaders?: boolean
  /**
   * Sends the values of a repeated response header in reverse, as real load balancers were seen to
   * do in multi mode. Default false.
   */
  reverseRepeatedHeaders?: boolean
  /** The flag of an event without a body: real ones were seen with both. Default false. */
  emptyBodyIsBase64Encoded?: boolean
  /**
   * What the function sees of the listener, whatever port the server is on: `x-forwarded-port`,
   * `x-forwarded-proto` and the port in `host`. Default: HTTP and the server's own port.
   */
  listener?: { Port?: number; Protocol?: 'HTTP' | 'HTTPS' }
  /** The `targetGroupArn` in the event. */
  targetGroupArn?: string
  /** Milliseconds until an invocation of a handler fails. Default 30,000; a Target has its own. */
  timeoutMs?: number
  /** Milliseconds of silence until the client gets 408. Default 60,000, at most 4,000,000. */
  idleTimeoutMs?: number
  /** Called once per exchange, when it is over. Default: failed invocations on stderr. */
  log?: (entry: LogEntry) => void
  /** Keeps the last exchanges, to be looked into. Default: nothing is kept. */
  recorder?: Recorder
}

const defaultClientKeepAliveMs = 3_600_000
const defaultTargetGroupArn =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/koa-alb-local/0123456789abcdef'

/**
 * A load balancer with a Lambda target: an HTTP server that is not listening yet.
 *
 * @throws TypeError when an option is not what it has to be
 * @see docs/alb-behaviour.md for what it does with requests and documents
 */
export function createLoadBalancer(options: LoadBalancerOptions): Server {
  checkOptions(options)
  // A server that somebody else listens for never closes by itself.
  let hasListened = false
  const isClosing = (): boolean => hasListened && !server.listening
  const server = createHttp1Server(new CurrentListener(listenerFrom(options, isClosing)))
  return server.once('listening', () => {
    hasListened = true
  })
}

function listenerFrom(options: LoadBalancerOptions, isClosing: () => boolean): Listener {
  const { listener = {}, idleTimeoutMs = 60_000, log = logFailures, recorder } = options
  const group = {
    arn: options.targetGroupArn ?? defaultTargetGroupArn,
    target: targetFrom(options),
    multiValueHeaders: options.multiValueHeaders ?? false,
    reverseRepeatedHeaders: options.reverseRepeatedHeaders ?? false,
    targetArn: '-',
    emptyBodyIsBase64Encoded: options.emptyBodyIsBase64Encoded ?? false,
  }
  return {
    loadBalancer: loadBalancerId('koa-alb-local'),
    protocol: listener.Protocol === 'HTTPS' ? 'https' : 'http',
    port: listener.Port,
    rules: [defaultRule(forwardTo(group))],
    headers: defaultHeaderAttributes,
    idleTimeoutMs,
    clientKeepAliveMs: defaultClientKeepAliveMs,
    desyncMode: 'defensive',
    isClosing,
    log,
    observer: recorder,
  }
}

function targetFrom({ target, timeoutMs }: LoadBalancerOptions): Target | null {
  if (target === null) return null
  if (typeof target === 'object' && typeof target.invoke === 'function') {
    if (timeoutMs === undefined) return target
    throw new TypeError('timeoutMs is for a handler; a Target brings its own timeout')
  }
  if (typeof target !== 'function') {
    const found = target === undefined ? 'undefined: is the handler exported?' : typeof target
    throw new TypeError(`target must be a handler function, a Target or null, got ${found}`)
  }
  return functionTarget(target, timeoutMs === undefined ? {} : { timeoutMs })
}

// Callers without type checks reach this, too.
function checkOptions(options: unknown): asserts options is LoadBalancerOptions {
  if (typeof options !== 'object' || options === null) {
    const found = options === null ? 'null' : typeof options
    throw new TypeError(`createLoadBalancer needs an options object with a target, got ${found}`)
  }
  // An object, so reading its properties is safe whatever they hold; each is checked below.
  const { log, idleTimeoutMs = 1, listener = {}, ...rest } = options as LoadBalancerOptions
  if (log !== undefined && typeof log !== 'function') {
    throw new TypeError(`log must be a function, got ${typeof log}`)
  }
  if (!(idleTimeoutMs > 0 && idleTimeoutMs <= 4_000_000)) {
    throw new TypeError(`idleTimeoutMs must be over 0 and at most 4000000, got ${idleTimeoutMs}`)
  }
  for (const name of [
    'multiValueHeaders',
    'reverseRepeatedHeaders',
    'emptyBodyIsBase64Encoded',
  ] as const) {
    const value = rest[name] ?? false
    if (typeof value === 'boolean') continue
    throw new TypeError(`${name} must be a boolean, got ${typeof value}`)
  }
  const { Port = 80, Protocol = 'HTTP' } = listener
  if (!(Number.isInteger(Port) && Port > 0 && Port < 65_536)) {
    throw new TypeError(`listener.Port must be an integer from 1 to 65535, got ${Port}`)
  }
  if (Protocol !== 'HTTP' && Protocol !== 'HTTPS') {
    throw new TypeError(`listener.Protocol must be HTTP or HTTPS, got ${Protocol}`)
  }
}
