import type { AnyAnswer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import type { Action, RoutedRequest } from '../rules/rule.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { invoke } from './invoke.ts'
import { passOn } from './pass-on.ts'
import { stickyCookies, stickyGroup } from './stickiness.ts'

export interface WeightedGroup {
  readonly group: TargetGroup
  readonly weight: number
}

/** Forwards every request to one target group. */
export function forwardTo(group: TargetGroup): Action {
  return { name: 'forward', answer: answerBy(group) }
}

/** Forwards to one of several target groups, as often as its weight says; by option for good. */
export function forwardToOneOf(
  groups: readonly WeightedGroup[],
  stickySeconds: number | undefined,
): Action {
  if (stickySeconds === undefined) {
    return { name: 'forward', answer: (request) => answerBy(drawn(groups))(request) }
  }
  return {
    name: 'forward',
    async answer(request) {
      const group = remembered(groups, request) ?? drawn(groups)
      const answer = await answerBy(group)(request)
      return { ...answer, lines: [...answer.lines, ...stickyCookies(group.arn, stickySeconds)] }
    },
  }
}

function answerBy(group: TargetGroup): (request: RoutedRequest) => Promise<AnyAnswer> {
  return 'servers' in group
    ? (request) => passOn(group, request)
    : (request) => invoke(group, request)
}

function remembered(
  groups: readonly WeightedGroup[],
  request: RoutedRequest,
): TargetGroup | undefined {
  const arn = stickyGroup(request)
  return groups.find(({ group }) => group.arn === arn)?.group
}

function drawn(groups: readonly WeightedGroup[]): TargetGroup {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0)
  let rest = Math.random() * total
  for (const { group, weight } of groups) {
    rest -= weight
    if (rest < 0) return group
  }
  throw new Refusal(503, 'every target group of the rule has weight 0')
}
