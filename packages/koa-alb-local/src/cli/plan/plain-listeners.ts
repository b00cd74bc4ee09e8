import { Property } from '../../properties/property.ts'
import type { Plan } from './plan.ts'

/** The plan with HTTPS listeners that speak plain HTTP. */
export function withoutTls(plan: Plan): Plan {
  const { configuration, notes } = plan
  const asking = new Property(configuration, '')
    .at('listeners')
    .entries()
    .filter(
      ([, listener]) => (listener.at('MutualAuthentication').at('Mode').value ?? 'off') !== 'off',
    )
    .map(([name]) => `${name} asks for client certificates, and gets none with --no-tls`)
  return { ...plan, configuration: { ...configuration, tls: false }, notes: [...notes, ...asking] }
}
