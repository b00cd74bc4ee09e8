import type { Property } from '../properties/property.ts'
import { readCondition } from '../rules/conditions.ts'
import type { Rule } from '../rules/rule.ts'
import { readTransforms } from '../rules/transforms.ts'
import { type ActionContext, readActions } from './read-actions.ts'

const ruleLimit = 100
const evaluationLimit = 5
// The page on conditions says 5, the page on quotas 6: refused here is only what both refuse.
const wildcardLimit = 6
const singleFields: readonly string[] = [
  'host-header',
  'http-request-method',
  'path-pattern',
  'source-ip',
]

/** The default rule of a listener. */
export function readDefaultRule(actions: Property, context: ActionContext): Rule {
  return { priority: 0, conditions: [], transforms: [], ...readActions(actions, context) }
}

/** @throws ConfigurationError when the API would refuse the rule */
export function readRule(rule: Property, context: ActionContext): Rule {
  return {
    priority: rule.at('Priority').integer({ least: 1, most: 50_000 }),
    conditions: readConditions(rule.at('Conditions')),
    transforms: readTransforms(rule.at('Transforms')),
    ...readActions(rule.at('Actions'), context),
  }
}

/** The rules of one listener by priority, none of which is there twice. */
export function inPriorityOrder(rules: readonly { rule: Rule; property: Property }[]): Rule[] {
  const sorted = [...rules].sort((a, b) => a.rule.priority - b.rule.priority)
  sorted.forEach(({ rule, property }, index) => {
    const before = sorted[index - 1]
    if (before?.rule.priority !== rule.priority) return
    const message = `is ${rule.priority}, which ${before.property.path} has already`
    throw property.at('Priority').error('ALB_ERR_CONFLICT', message)
  })
  return sorted.map(({ rule }) => rule)
}

/** Refuses more rules than a load balancer has, default rules not counted. */
export function checkRuleCount(rules: Property): void {
  const count = rules.entries().length
  if (count <= ruleLimit) return
  throw rules.error('ALB_ERR_LIMIT_EXCEEDED', `has ${count} rules, limit ${ruleLimit}`)
}

function readConditions(list: Property): Rule['conditions'] {
  const conditions = list.required().items().map(readCondition)
  if (conditions.length === 0) throw list.error('ALB_ERR_MISSING_PROPERTY', 'has no condition')
  for (const field of singleFields) {
    const count = conditions.filter((condition) => condition.field === field).length
    if (count > 1) {
      throw list.error('ALB_ERR_LIMIT_EXCEEDED', `has ${count} ${field} conditions, limit 1`)
    }
  }
  checkSum(list, 'values', sumOf(conditions, 'evaluations'), evaluationLimit)
  checkSum(list, 'wildcards', sumOf(conditions, 'wildcards'), wildcardLimit)
  return conditions
}

function checkSum(list: Property, what: string, count: number, limit: number): void {
  if (count <= limit) return
  throw list.error('ALB_ERR_LIMIT_EXCEEDED', `has ${count} ${what} in all, limit ${limit}`)
}

function sumOf<Name extends string>(
  items: readonly Readonly<Record<Name, number>>[],
  name: Name,
): number {
  return items.reduce((total, item) => total + item[name], 0)
}
