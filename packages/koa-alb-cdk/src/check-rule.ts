import {
  CfnListenerRule,
  type IApplicationListener,
  type ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import {
  conflict,
  invalid,
  missing,
  type Problems,
  present,
  rangeProblem,
  tooMany,
} from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with the props of the rule, which a new load balancer has only beside a default action. */
export function ruleProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { listener, defaultAction, priority, conditions } = props
  if (!listener && !defaultAction) {
    const ofRule = present(props, ['priority', 'conditions'])
    return [
      ofRule &&
        conflict(
          `${ofRule}: only with \`listener\`, which it is a rule of, or with \`defaultAction\`. A new load balancer forwards everything.`,
        ),
    ]
  }
  return [
    listener &&
      priority === undefined &&
      missing(
        'priority: give the place of the rule among those of `listener`, 1 to 50000, lowest first.',
      ),
    rangeProblem('priority', priority, 1, 50_000),
    !conditions?.length &&
      missing(
        `conditions: say which requests of ${listener ? '`listener`' : 'the new load balancer'} go to the function, such as [ListenerCondition.pathPatterns(['/api/*'])].`,
      ),
    ...conditionProblems(conditions ?? []),
  ]
}

/** Fields that a rule may have once. */
const singular = ['host-header', 'http-request-method', 'path-pattern', 'source-ip']

function conditionProblems(conditions: readonly ListenerCondition[]): Problems {
  const raw: RawCondition[] = conditions.map((condition) => condition.renderRawCondition())
  const counts = raw.map(valuesOf)
  const sum = counts.reduce((total, count) => total + count, 0)
  const fields = raw.map(({ field }) => field)
  const repeated = singular.filter((field) => fields.filter((each) => each === field).length > 1)
  return [
    sum > 5 &&
      tooMany(
        `conditions: a rule has at most 5 values, and these are ${sum}. Give the rest to a rule of its own.`,
      ),
    repeated.length > 0 &&
      invalid(
        `conditions: ${repeated.join(', ')} stands there more than once. Give its values in one condition.`,
      ),
  ]
}

interface RawCondition {
  field?: unknown
  [config: string]: unknown
}

/** How many values a condition has; a token is a list that only CloudFormation knows. */
function valuesOf(condition: RawCondition): number {
  const lists = Object.values(condition).flatMap((config) => {
    if (Array.isArray(config)) return [config]
    if (typeof config !== 'object' || config === null) return []
    return Object.values(config).filter((list) => Array.isArray(list))
  })
  return lists.reduce((sum, list) => sum + (Token.isUnresolved(list) ? 1 : list.length), 0)
}

// What fromLookup gives until the CLI has looked: for every listener the same.
const notLookedUpYet = /:123456789012:listener\/[^/]+\/my-load-balancer\/50dc6c495c0c9188\//

/** Every rule of this app with that priority on that listener, but the construct's own. */
export function takenPriority(
  scope: Construct,
  { listenerArn }: IApplicationListener,
  priority: number,
): string[] {
  if (notLookedUpYet.test(listenerArn)) return []
  const rules = scope.node.root.node.findAll().filter((node) => node instanceof CfnListenerRule)
  return rules
    .filter((rule) => rule.listenerArn === listenerArn && rule.priority === priority)
    .filter((rule) => !rule.node.scopes.includes(scope))
    .map(
      (rule) =>
        `priority: ${rule.node.path} has priority ${priority} on the same listener. Give a free one. (ALB_CDK_PRIORITY_TAKEN)`,
    )
}
