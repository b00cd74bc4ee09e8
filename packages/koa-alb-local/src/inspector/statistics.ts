import type { LogEntry } from '../log/log.ts'
import { groupName } from './shown-exchange.ts'

/** What happened within one second. */
export interface Second {
  /** Seconds since 1970. */
  readonly at: number
  count: number
  /** By the first digit of the status: 2, 3, 4, 5. */
  readonly classes: Record<string, number>
  sumMs: number
  mostMs: number
}

/** Which rule it is; 0 is the priority of the default rule. */
export interface RuleKey {
  readonly listenerPort: number
  readonly priority: number
}

export interface GroupCounts {
  count: number
  failed: number
  sumMs: number
}

const keptSeconds = 600

/** Counts what is over: by second, by target group, by rule. */
export class Statistics {
  #seconds: Second[] = []
  readonly #groups = new Map<string, GroupCounts>()
  readonly #rules = new Map<string, number>()

  count(entry: LogEntry): void {
    const durationMs = entry.answeredAt.getTime() - entry.requestedAt.getTime()
    const second = this.#secondOf(Math.floor(entry.answeredAt.getTime() / 1000))
    const digit = String(Math.floor(entry.status / 100))
    second.count += 1
    second.classes[digit] = (second.classes[digit] ?? 0) + 1
    second.sumMs += durationMs
    second.mostMs = Math.max(second.mostMs, durationMs)
    if (entry.targetGroupArn !== undefined) this.#countGroup(entry, durationMs)
    if (entry.rulePriority !== undefined) {
      const rule = ruleKey(entry.listenerPort, entry.rulePriority)
      this.#rules.set(rule, this.hitsOf(entry.listenerPort, entry.rulePriority) + 1)
    }
  }

  /** The seconds of the last ten minutes in which something happened, the oldest first. */
  seconds(): readonly Second[] {
    return this.#seconds
  }

  /** By name. */
  groups(): Readonly<Record<string, GroupCounts>> {
    return Object.fromEntries(this.#groups)
  }

  /** How often a rule, 0 for the default rule, was the one that matched. */
  hitsOf(listenerPort: number, priority: number): number {
    return this.#rules.get(ruleKey(listenerPort, priority)) ?? 0
  }

  /** Another rule is in the place of this one. */
  forget({ listenerPort, priority }: RuleKey): void {
    this.#rules.delete(ruleKey(listenerPort, priority))
  }

  #secondOf(at: number): Second {
    const last = this.#seconds.at(-1)
    if (last && last.at >= at) return last
    const second = { at, count: 0, classes: {}, sumMs: 0, mostMs: 0 }
    this.#seconds = [...this.#seconds.filter((each) => each.at > at - keptSeconds), second]
    return second
  }

  #countGroup({ targetGroupArn = '', errorReason }: LogEntry, durationMs: number): void {
    const name = groupName(targetGroupArn)
    const counts = this.#groups.get(name) ?? { count: 0, failed: 0, sumMs: 0 }
    counts.count += 1
    counts.sumMs += durationMs
    if (errorReason !== undefined) counts.failed += 1
    this.#groups.set(name, counts)
  }
}

function ruleKey(listenerPort: number, priority: number): string {
  return `${listenerPort} ${priority}`
}
