import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import type { LogEntry } from '../../log/log.ts'

/** Where a request went, by the names in the file that is served. */
export interface Routed {
  readonly rule?: string | undefined
  readonly targetGroup?: string | undefined
  readonly function?: string | undefined
}

type Configuration = Pick<
  ApplicationLoadBalancerOptions,
  'listenerRules' | 'listeners' | 'targetGroups'
>

/** Names rule, target group and function of exchanges; nothing where there is no choice. */
export class Routes {
  readonly #rules = new Map<string, string>()
  readonly #groups = new Map<string, Routed>()
  readonly #hasChoice: boolean

  constructor(
    { listenerRules = {}, listeners, targetGroups = {} }: Configuration,
    arns: ReadonlyMap<string, { readonly arn: string }>,
    functionNames: ReadonlyMap<string, string>,
  ) {
    const rules = Object.entries(listenerRules)
    this.#hasChoice = rules.length > 0 || functionNames.size > 1
    for (const [name, { ListenerArn, Priority }] of rules) {
      this.#rules.set(`${listeners[ListenerArn]?.Port} ${Priority}`, name)
    }
    for (const [name, { TargetType, Targets = [] }] of Object.entries(targetGroups)) {
      // What a group of servers registers is not what is called here.
      const [target] = TargetType === 'lambda' ? Targets : []
      const named = target && (functionNames.get(target.Id) ?? target.Id)
      this.#groups.set(arns.get(name)?.arn ?? '', { targetGroup: name, function: named })
    }
  }

  of({ listenerPort, rulePriority, targetGroupArn = '' }: LogEntry): Routed {
    if (!this.#hasChoice || rulePriority === undefined) return {}
    const rule = this.#rules.get(`${listenerPort} ${rulePriority}`) ?? 'default'
    return { rule, ...this.#groups.get(targetGroupArn) }
  }
}
