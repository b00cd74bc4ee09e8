import { Property } from '../../properties/property.ts'
import type { Plan } from './plan.ts'

type Urls = Readonly<Record<string, readonly string[]>>

/** The plan with these servers, and a note on each target group that has none. */
export function withServers(plan: Plan, given: Urls): Plan {
  const { configuration, notes } = plan
  const servers = { ...configuration.servers, ...given }
  const groups = new Property(configuration, '').at('targetGroups').entries()
  const added = groups
    .filter(([, group]) => group.at('TargetType').value !== 'lambda')
    .flatMap(([name, group]) => [
      ...(servers[name] ? [] : [missing(name, String(group.at('TargetType').value ?? 'instance'))]),
      ...ignored(name, group),
    ])
  return { ...plan, configuration: { ...configuration, servers }, notes: [...notes, ...added] }
}

function missing(name: string, type: string): string {
  return `Target group ${name} has targets of type ${type}, and none here; its requests get 503 (--target ${name}=http://127.0.0.1:4000)`
}

function ignored(name: string, group: Property): string[] {
  const version = group.at('ProtocolVersion').value ?? 'HTTP1'
  const seconds = (key: string): number => {
    const attributes = group.at('TargetGroupAttributes').items()
    const found = attributes.find((attribute) => attribute.at('Key').value === key)
    return Number(found?.at('Value').value ?? 0)
  }
  return [
    ...(version === 'HTTP1'
      ? []
      : [`Target group ${name} is of version ${version}, which is not served here: 503, or 464`]),
    ...(seconds('slow_start.duration_seconds') > 0
      ? [`Target group ${name}: there is no slow start here`]
      : []),
    ...(seconds('deregistration_delay.timeout_seconds') > 0
      ? [
          `Target group ${name}: there is no deregistration delay here, as no server is deregistered`,
        ]
      : []),
  ]
}
