import type { Resources } from '../../template/resources.ts'
import { servedProperties } from '../../template/served-properties.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'

const served = [
  ...Object.keys(servedProperties),
  // Says which version of the CDK made the template.
  'AWS::CDK::Metadata',
]

/** What is not here as it is declared, once each. */
export function templateNotes(
  resources: Resources,
  /** What stands for parameters without a value. */
  standIns: readonly (readonly [name: string, standIn: string])[],
  functions: ReadonlyMap<string, FunctionSettings>,
  node: string | undefined,
): string[] {
  const counts = new Map<string, number>()
  for (const type of resources.types().filter((each) => !served.includes(each))) {
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  const list = [...counts].map(([type, count]) => (count > 1 ? `${count} × ${type}` : type))
  return [
    ...(list.length > 0 ? [`Not served here: ${list.join(', ')}`] : []),
    ...standIns.map(
      ([name, standIn]) =>
        `Parameter ${name} has no value here; ${standIn} stands for it (--parameter-overrides ${name}=…)`,
    ),
    ...(node === undefined ? runtimeNotes(resources, functions) : []),
  ]
}

function runtimeNotes(
  resources: Resources,
  functions: ReadonlyMap<string, FunctionSettings>,
): string[] {
  const own = `nodejs${process.versions.node.split('.')[0]}.x`
  return resources
    .ofType('AWS::Lambda::Function')
    .filter(({ id }) => functions.has(id))
    .filter(({ properties }) => properties.Runtime !== own)
    .map(
      ({ id, properties }) =>
        `${id} is for ${properties.Runtime}, this is ${own} (--node <binary>)`,
    )
}
