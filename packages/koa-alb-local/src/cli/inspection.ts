import {
  type ApplicationLoadBalancer,
  createApplicationLoadBalancer,
} from '../application-load-balancer.ts'
import type { ApplicationLoadBalancerOptions } from '../configuration/configuration.ts'
import type { Recorder } from '../inspection/recorder.ts'
import type { Inspected } from '../inspector/inspected.ts'
import { Inspector } from '../inspector/inspector.ts'
import type { RuleKey } from '../inspector/statistics.ts'
import type { Arguments } from './arguments/arguments.ts'
import { StartError } from './terminal/start-error.ts'

/** What an inspector needs from the beginning. */
export interface Inspection {
  readonly recorder: Recorder
  /** Of this package. */
  readonly version: string
}

interface Settings extends Inspection {
  readonly options: ApplicationLoadBalancerOptions
  readonly loadBalancer: ApplicationLoadBalancer
  readonly args: Arguments
}

export interface OpenInspector extends Pick<Inspector, 'apiUrl' | 'close' | 'url'> {
  readonly port: number
  /** Shows the load balancer as it is by these options; what was counted of other rules is forgotten. */
  become(options: ApplicationLoadBalancerOptions): void
}

const modeAttribute = 'lambda.multi_value_headers.enabled'
const mostTried = 100

/** Whether there is to be one: where nobody reads its URL, only when it is asked for. */
export function hasInspector({ inspector }: Arguments): boolean {
  if (inspector !== undefined) return inspector !== false
  return process.stdout.isTTY === true && !process.env.CI
}

/**
 * An inspector of the load balancer, listening.
 * @throws StartError when its port is taken
 */
export async function openInspector(settings: Settings): Promise<OpenInspector> {
  const twins = new Twins(settings.options)
  const inspector = new Inspector(inspectedFrom(settings, twins))
  await listen(inspector, settings)
  return {
    url: inspector.url,
    apiUrl: inspector.apiUrl,
    port: Number(new URL(inspector.url).port),
    become(options) {
      const before = twins.options
      twins.become(options)
      inspector.rulesChanged(otherRules(before, options))
    },
    async close() {
      await inspector.close()
      await twins.close()
    },
  }
}

function inspectedFrom(settings: Settings, twins: Twins): Inspected {
  const { loadBalancer, recorder, args, version } = settings
  return {
    recorder,
    compareUrl: args.compareUrl,
    version,
    listeners: () =>
      [...loadBalancer.listeners].map(([name, { url, rules }]) => {
        return { name, url, rules, port: Number(twins.options.listeners[name]?.Port) }
      }),
    targetGroups: () =>
      [...loadBalancer.targetGroups].map(([name, { arn, health }]) => {
        const { State, Description } = health
        return { name, arn, health: State, ...(Description && { description: Description }) }
      }),
    urlInMode: (listener, isMulti) => twins.urlOf(listener, isMulti),
  }
}

/** The rules that are not the same in both: those of which anything counted means nothing any more. */
function otherRules(
  before: ApplicationLoadBalancerOptions,
  after: ApplicationLoadBalancerOptions,
): readonly RuleKey[] {
  const old = declaredRules(before)
  const now = new Map(declaredRules(after).map(({ key, text }) => [keyText(key), text]))
  return old.filter(({ key, text }) => now.get(keyText(key)) !== text).map(({ key }) => key)
}

function declaredRules({
  listeners,
  listenerRules = {},
}: ApplicationLoadBalancerOptions): { key: RuleKey; text: string }[] {
  const rules = Object.values(listenerRules).map(({ ListenerArn, Priority, ...rest }) => {
    const listenerPort = Number(listeners[ListenerArn]?.Port)
    return { key: { listenerPort, priority: Number(Priority) }, text: JSON.stringify(rest) }
  })
  const usual = Object.values(listeners).map(({ Port, DefaultActions }) => {
    const key = { listenerPort: Number(Port), priority: 0 }
    return { key, text: JSON.stringify(DefaultActions) }
  })
  return [...rules, ...usual]
}

function keyText({ listenerPort, priority }: RuleKey): string {
  return `${listenerPort} ${priority}`
}

async function listen(inspector: Inspector, { args, loadBalancer }: Settings): Promise<void> {
  const { port = undefined } = args.inspector || {}
  const taken = [...loadBalancer.listeners.values()].map(({ url }) => Number(new URL(url).port))
  const first = port ?? Math.max(...taken) + 1
  const last = port ?? Math.min(first + mostTried, 65_535)
  for (let tried = first; ; tried += 1) {
    try {
      return await inspector.listen(tried)
    } catch (error) {
      if (tried >= last) {
        throw new StartError(`The inspector cannot listen on port ${tried}: ${error}`, {
          cause: error,
        })
      }
    }
  }
}

/** The load balancer once more for each header mode, with the same functions; opened when needed. */
class Twins {
  #options: ApplicationLoadBalancerOptions
  readonly #open = new Map<boolean, Promise<ApplicationLoadBalancer>>()
  /** Those of earlier options, until what is under way there has ended. */
  readonly #leaving = new Set<Promise<unknown>>()

  constructor(options: ApplicationLoadBalancerOptions) {
    this.#options = options
  }

  get options(): ApplicationLoadBalancerOptions {
    return this.#options
  }

  become(options: ApplicationLoadBalancerOptions): void {
    this.#options = options
    const closing = this.#closeOpen().finally(() => this.#leaving.delete(closing))
    this.#leaving.add(closing)
  }

  async urlOf(listener: string, isMulti: boolean): Promise<string> {
    const opening = this.#open.get(isMulti) ?? this.#listen(isMulti)
    this.#open.set(isMulti, opening)
    return (await opening).url(listener)
  }

  async close(): Promise<void> {
    await Promise.all([this.#closeOpen(), ...this.#leaving])
  }

  async #closeOpen(): Promise<void> {
    const opening = [...this.#open.values()]
    this.#open.clear()
    const open = await Promise.allSettled(opening)
    await Promise.all(open.map((each) => 'value' in each && each.value.close()))
  }

  async #listen(isMulti: boolean): Promise<ApplicationLoadBalancer> {
    const groups = Object.entries(this.#options.targetGroups ?? {}).map(([name, group]) => {
      const others = (group.TargetGroupAttributes ?? []).filter(({ Key }) => Key !== modeAttribute)
      const mode = { Key: modeAttribute, Value: String(isMulti) }
      if (group.TargetType !== 'lambda') return [name, group]
      // What checks find of a function decides nothing; of servers, where requests go.
      const checks = { HealthCheckEnabled: false }
      return [name, { ...group, ...checks, TargetGroupAttributes: [...others, mode] }]
    })
    const { logHealthCheck: _, ...options } = this.#options
    const twin = createApplicationLoadBalancer({
      ...options,
      targetGroups: Object.fromEntries(groups),
      // The load balancer itself says so once.
      logHealth: () => {},
    })
    const ports = Object.keys(this.#options.listeners).map((name) => [name, 0])
    await twin.listen({ ports: Object.fromEntries(ports) })
    return twin
  }
}
