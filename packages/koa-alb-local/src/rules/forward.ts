import { invoke } from './invoke.ts'
import type { Action } from './rule.ts'
import type { TargetGroup } from './target-group.ts'

/** Forwards every request to one target group. */
export function forwardTo(group: TargetGroup): Action {
  return { name: 'forward', answer: (request) => invoke(group, request) }
}
