import { readFixedResponse } from '../actions/fixed-response.ts'
import { forwardTo, forwardToOneOf, type WeightedGroup } from '../actions/forward.ts'
import { readRedirect } from '../actions/redirect.ts'
import { didYouMean, listed } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import type { Action, Gate } from '../rules/rule.ts'
import type { TargetGroup } from '../targets/target-group.ts'

/** What actions refer to. */
export interface ActionContext {
  readonly protocol: 'http' | 'https'
  readonly targetGroups: ReadonlyMap<string, TargetGroup>
  readonly gates: {
    authenticate(config: Property, provider: 'cognito' | 'oidc'): Gate
    validateJwt(config: Property): Gate
  }
}

const types = [
  'authenticate-cognito',
  'authenticate-oidc',
  'fixed-response',
  'forward',
  'jwt-validation',
  'redirect',
] as const
const finalTypes: readonly string[] = ['fixed-response', 'forward', 'redirect']
const targetGroupLimit = 5
const dayLimitSeconds = 604_800

/** @throws ConfigurationError when a rule may not have these actions */
export function readActions(
  list: Property,
  context: ActionContext,
): { gates: readonly Gate[]; action: Action } {
  const actions = inOrder(list.required().items())
  const finals = actions.filter(({ type }) => finalTypes.includes(type))
  const last = actions.at(-1)
  if (finals.length !== 1 || !last || finals[0] !== last) {
    const message = 'must have exactly one forward, redirect or fixed-response, and that last'
    throw list.error('ALB_ERR_INVALID_ACTIONS', message)
  }
  const gates = actions.slice(0, -1).map((action) => readGate(action, context))
  return { gates, action: readFinal(last, context) }
}

interface TypedAction {
  readonly type: (typeof types)[number]
  readonly item: Property
}

function inOrder(items: readonly Property[]): TypedAction[] {
  const ordered = items.map((item, index) => {
    const order = item.at('Order')
    return {
      type: item.at('Type').oneOf(...types),
      item,
      order: order.isPresent ? order.integer({ least: 1, most: 50_000 }) : index + 1,
    }
  })
  return ordered.sort((a, b) => a.order - b.order)
}

function readGate({ type, item }: TypedAction, { protocol, gates }: ActionContext): Gate {
  if (protocol !== 'https') {
    throw item.error('ALB_ERR_INVALID_ACTIONS', `is ${type}, which only HTTPS listeners have`)
  }
  if (type === 'jwt-validation') return gates.validateJwt(item.at('JwtValidationConfig').required())
  return type === 'authenticate-oidc'
    ? gates.authenticate(item.at('AuthenticateOidcConfig').required(), 'oidc')
    : gates.authenticate(item.at('AuthenticateCognitoConfig').required(), 'cognito')
}

function readFinal({ type, item }: TypedAction, context: ActionContext): Action {
  if (type === 'redirect') {
    return readRedirect(item.at('RedirectConfig').required(), context.protocol)
  }
  if (type === 'fixed-response') return readFixedResponse(item.at('FixedResponseConfig').required())
  return readForward(item, context)
}

function readForward(item: Property, { targetGroups }: ActionContext): Action {
  const config = item.at('ForwardConfig')
  const list = config.at('TargetGroups')
  if (!list.isPresent) return forwardTo(referredGroup(item.at('TargetGroupArn'), targetGroups))
  const items = list.items()
  if (items.length > targetGroupLimit) {
    const message = `has ${items.length} target groups, limit ${targetGroupLimit}`
    throw list.error('ALB_ERR_LIMIT_EXCEEDED', message)
  }
  const groups = items.map((each): WeightedGroup => {
    const weight = each.at('Weight')
    return {
      group: referredGroup(each.at('TargetGroupArn'), targetGroups),
      weight: weight.isPresent ? weight.integer({ least: 0, most: 999 }) : 1,
    }
  })
  const [only] = groups
  if (!only) throw list.error('ALB_ERR_MISSING_PROPERTY', 'has no target group')
  const stickySeconds = readStickiness(config.at('TargetGroupStickinessConfig'))
  const isPlain = groups.length === 1 && stickySeconds === undefined && only.weight > 0
  return isPlain ? forwardTo(only.group) : forwardToOneOf(groups, stickySeconds)
}

function readStickiness(config: Property): number | undefined {
  const enabled = config.at('Enabled')
  if (!enabled.isPresent || !enabled.boolean()) return undefined
  return config.at('DurationSeconds').integer({ least: 1, most: dayLimitSeconds })
}

function referredGroup(
  reference: Property,
  targetGroups: ReadonlyMap<string, TargetGroup>,
): TargetGroup {
  const group = targetGroups.get(reference.text())
  if (group) return group
  const names = [...targetGroups.keys()]
  const near = didYouMean(reference.text(), names)
  const message = `is ${JSON.stringify(reference.value)}, which is no target group here (${listed(names)})${near}`
  throw reference.error('ALB_ERR_UNKNOWN_REFERENCE', message)
}
