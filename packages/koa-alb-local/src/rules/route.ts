import type { AnyAnswer } from '../answer/answer.ts'
import type { RoutedRequest, Rule } from './rule.ts'
import { rewritten } from './transforms.ts'

/** Answers the request by the first of the rules that matches it. */
export async function route(rules: readonly Rule[], request: RoutedRequest): Promise<AnyAnswer> {
  const { journal } = request
  const { rule, evaluations } = firstMatch(rules, request)
  journal.note({ rulePriority: rule.priority, ruleEvaluations: evaluations })
  if (request.observation) request.observation.rulePriority = rule.priority
  const uri = rule.transforms.length > 0 ? rewritten(rule.transforms, request) : request.uri
  let { added } = request
  for (const gate of rule.gates) {
    journal.acted(gate.name)
    const passage = await gate.pass(request)
    if ('answer' in passage) return passage.answer
    added = added ? new Map([...added, ...passage.added]) : passage.added
  }
  journal.acted(rule.action.name)
  // Awaited, or the promise takes two more turns of the queue.
  return await rule.action.answer({ ...request, uri, added })
}

// The default rule comes last and matches everything. AWS does not count it as evaluated.
function firstMatch(
  rules: readonly Rule[],
  request: RoutedRequest,
): { rule: Rule; evaluations: number } {
  let evaluations = 0
  for (const rule of rules) {
    if (rule.priority > 0) evaluations += 1
    const failed = rule.conditions.find((condition) => !condition.holds(request))
    if (!failed) return { rule, evaluations }
  }
  throw new Error('the listener has no default rule')
}
