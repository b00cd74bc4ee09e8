import { Property } from '../../properties/property.ts'
import { type GivenListeners, standInListeners } from './foreign-listeners.ts'

interface Outside {
  /** `listeners`, `listenerRules` and `listenerCertificates` with what stands for listeners outside. */
  readonly routing: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/**
 * Listeners outside of a configuration file: those that rules name by an ARN, or that are given.
 * @throws StartError when a listener is given that no rule is on
 * @throws ConfigurationError
 */
export function outsideListeners(
  options: Readonly<Record<string, unknown>>,
  given: GivenListeners,
): Outside {
  const root = new Property(options, '')
  const names = root
    .at('listeners')
    .entries()
    .map(([name]) => name)
  const resources = (['listenerRules', 'listenerCertificates'] as const).map((kind) => {
    const entries = root.at(kind).entries()
    return [kind, entries.map(([name, { value }]) => [name, objectOf(value)] as const)] as const
  })
  const outside = resources
    .flatMap(([, entries]) => entries.map(([, properties]) => ({ properties })))
    .filter(({ properties: { ListenerArn } }) => {
      // Any other name that is not there is a mistake.
      return /^arn:/.test(String(ListenerArn)) || Object.hasOwn(given, String(ListenerArn))
    })
  const standIns = standInListeners(outside, {
    known: names,
    takenPorts: root
      .at('listeners')
      .entries()
      .map(([, listener]) => Number(listener.at('Port').value)),
    given,
    aliases: () => [],
  })
  if (Object.keys(standIns.listeners).length === 0) return { routing: {}, notes: [] }
  const renamed = resources.map(([kind, entries]) => {
    const all = entries.map(([name, properties]) => {
      return [name, standIns.renamed({ properties }).properties] as const
    })
    return [kind, Object.fromEntries(all)] as const
  })
  const listeners = { ...objectOf(options.listeners), ...standIns.listeners }
  return { routing: { ...Object.fromEntries(renamed), listeners }, notes: standIns.notes }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
