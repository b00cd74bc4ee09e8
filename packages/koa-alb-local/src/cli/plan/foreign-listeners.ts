import type { ListenerProperties } from '../../configuration/cloudformation.ts'
import { StartError } from '../terminal/start-error.ts'

/** What stands for a listener, as far as it is given. */
export type GivenListeners = Readonly<Record<string, Partial<ListenerProperties>>>

/** Something on a listener: a rule or further certificates. */
interface OnListener {
  readonly properties: Readonly<Record<string, unknown>>
}

/** Listeners that are not in the template, and what stands for them. */
export interface StandInListeners {
  /** By the short name, which is what rules have as `ListenerArn` then. */
  readonly listeners: Readonly<Record<string, ListenerProperties>>
  readonly notes: readonly string[]
  /** The same rule or certificates, on the listener's short name. */
  renamed<On extends OnListener>(on: On): On
}

interface Surroundings {
  /** The names of the listeners that are there. */
  readonly known: readonly string[]
  readonly takenPorts: readonly number[]
  readonly given: GivenListeners
  /** Further names under which a reference may be given, such as that of its parameter. */
  aliases(reference: string): readonly string[]
}

/** @throws StartError when a listener is given that nothing is on */
export function standInListeners(
  on: readonly OnListener[],
  { known, takenPorts, given, aliases }: Surroundings,
): StandInListeners {
  const all = on.map(({ properties }) => String(properties.ListenerArn))
  const references = [...new Set(all)].filter((each) => !known.includes(each))
  const names = shortNames(references)
  const taken = new Set(takenPorts)
  const used = new Set<string>()
  const entries = references.map((reference) => {
    const name = names.get(reference) ?? reference
    const found = [reference, name, ...aliases(reference)].find((each) =>
      Object.hasOwn(given, each),
    )
    if (found !== undefined) used.add(found)
    const own = found === undefined ? {} : given[found]
    const served = on.filter(({ properties }) => properties.ListenerArn === reference)
    return { name, isGiven: found !== undefined, listener: standIn(name, own ?? {}, served, taken) }
  })
  const idle = Object.keys(given).find((name) => !used.has(name))
  if (idle !== undefined) {
    const there = [...names.values()].join(', ') || 'none'
    throw new StartError(
      `--listener ${idle}: no rule is on such a listener outside; there is ${there}`,
    )
  }
  return {
    listeners: Object.fromEntries(entries.map(({ name, listener }) => [name, listener])),
    notes: entries.map(({ name, isGiven, listener }) => noteFor(name, isGiven, listener)),
    renamed(each) {
      const name = names.get(String(each.properties.ListenerArn))
      if (name === undefined) return each
      return { ...each, properties: { ...each.properties, ListenerArn: name } }
    },
  }
}

function standIn(
  name: string,
  given: Partial<ListenerProperties>,
  on: readonly OnListener[],
  taken: Set<number>,
): ListenerProperties {
  const isSecure = on.some(({ properties }) => needsHttps(properties))
  const { Protocol = isSecure ? 'HTTPS' : 'HTTP' } = given
  const Port = given.Port ?? freePort(Protocol === 'HTTPS' ? 443 : 80, taken)
  taken.add(Number(Port))
  return {
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    ...(Protocol === 'HTTPS' && { Certificates: [{ CertificateArn: name }] }),
    ...given,
    Port,
    Protocol,
  }
}

// Only HTTPS listeners have these.
function needsHttps({ Actions, Certificates }: OnListener['properties']): boolean {
  return (
    Array.isArray(Certificates) || /"(?:authenticate-|jwt-)/.test(JSON.stringify(Actions ?? ''))
  )
}

function freePort(usual: number, taken: ReadonlySet<number>): number {
  let port = usual
  while (taken.has(port)) port += 1
  return port
}

/** The load balancer's name for an ARN, with the listener's id where it has several; else the name itself. */
function shortNames(references: readonly string[]): Map<string, string> {
  const arn = /^arn:[^:]+:elasticloadbalancing:.*:listener\/app\/([^/]+)\/[^/]+\/([^/]+)$/
  const parts = references.map((reference) => arn.exec(reference) ?? [])
  return new Map(
    references.map((reference, index) => {
      const [, balancer, id] = parts[index] ?? []
      if (balancer === undefined) return [reference, reference]
      const isOnly = parts.filter(([, each]) => each === balancer).length === 1
      return [reference, isOnly ? balancer : `${balancer}/${id}`]
    }),
  )
}

function noteFor(name: string, isGiven: boolean, { Port, Protocol }: ListenerProperties): string {
  const what = `Listener ${name} is not here: ${Protocol} on port ${Port} stands for it`
  return isGiven ? what : `${what}, with 404 for all but its rules (--listener ${name}=443,https)`
}
