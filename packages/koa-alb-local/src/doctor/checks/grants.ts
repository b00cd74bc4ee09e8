import { asObject } from '../../template/read-template.ts'
import type { Resources } from '../../template/resources.ts'

/** What lets load balancers call functions, and what has to be true of the caller besides. */
export interface Grant {
  readonly id: string
  /** `sourcearn`, `sourceaccount`, … */
  readonly conditions: readonly string[]
}

const service = 'elasticloadbalancing.amazonaws.com'

/** The permissions and the statements of resource policies that are for load balancers. */
export function grantsIn(resources: Resources): readonly Grant[] {
  const permissions = resources
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => properties.Principal === service)
    .map(({ id, declared }) => ({ id, conditions: declared.map((name) => name.toLowerCase()) }))
  const statements = resources
    .ofType('AWS::Lambda::ResourcePolicy')
    .flatMap(({ id, properties }) =>
      statementsOf(properties.PolicyDocument).map((conditions) => ({ id, conditions })),
    )
  return [...permissions, ...statements]
}

function statementsOf(document: unknown): string[][] {
  return [asObject(document).Statement]
    .flat()
    .map(asObject)
    .filter(({ Effect, Principal }) => {
      return Effect === 'Allow' && [asObject(Principal).Service].flat().includes(service)
    })
    .map(({ Condition }) => {
      const keys = Object.values(asObject(Condition)).flatMap((test) => Object.keys(asObject(test)))
      return keys.map((key) => key.toLowerCase().replace(/^aws:/, ''))
    })
}
