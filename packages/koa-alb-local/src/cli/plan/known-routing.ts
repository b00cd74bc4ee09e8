import type { TargetGroupProperties } from '../../configuration/cloudformation.ts'
import type { Target } from '../../targets/target.ts'
import type { TemplateObject } from '../../template/read-template.ts'
import type { Resource } from '../../template/resources.ts'
import type { Missing } from '../../template/settled.ts'
import { refusing } from './refusing.ts'

/** Listeners and rules as far as they can be served, whatever of them is not known. */
export class KnownRouting {
  /** What refuses requests for want of a value, by the name of its target group. */
  readonly targets: Record<string, Target> = {}
  readonly notes: string[] = []
  readonly #foreign = new Set<string>()

  listeners(resources: readonly Resource[]): Resource[] {
    return resources.map((resource) => {
      const { properties } = resource
      const protocol = properties.Protocol ?? 'HTTP'
      this.#noteUsual(resource, 'Protocol', protocol)
      const port = properties.Port ?? (protocol === 'HTTPS' ? 443 : 80)
      this.#noteUsual(resource, 'Port', port)
      this.#noteOthers(resource, /^(?:Port|Protocol|DefaultActions)\b/)
      const actions = this.#actions(resource, 'DefaultActions', /^DefaultActions\b/)
      return {
        ...resource,
        properties: { ...properties, Protocol: protocol, Port: port, ...actions },
      }
    })
  }

  rules(resources: readonly Resource[]): Resource[] {
    const served = resources.filter((resource) => this.#hasConditions(resource))
    const taken = served.map(({ properties }) => Number(properties.Priority ?? 0))
    let last = Math.max(0, ...taken)
    return served.map((resource) => {
      const { properties } = resource
      const isFree = missingAt(resource, /^Priority$/) !== undefined
      // After all others, so that it takes no request from one that is known.
      if (isFree) last += 1
      const priority = isFree ? last : properties.Priority
      this.#noteUsual(resource, 'Priority', priority)
      this.#noteOthers(resource, /^(?:Priority|Actions|Transforms)\b/)
      const actions = this.#actions(resource, 'Actions', /^(?:Actions|Transforms)\b/)
      return { ...resource, properties: { ...properties, Priority: priority, ...actions } }
    })
  }

  /** A reference to a target group that is not in the template. */
  foreignGroup(name: string): void {
    this.#foreign.add(name)
    this.notes.push(`Target group ${name} is not in the template, it is taken for one of servers`)
  }

  /** The target groups of what refuses, and those that are not in the template. */
  groups(): Record<string, TargetGroupProperties> {
    const groups: Record<string, TargetGroupProperties> = {}
    for (const name of Object.keys(this.targets)) {
      groups[name] = { TargetType: 'lambda', Targets: [{ Id: name }] }
    }
    for (const name of this.#foreign) groups[name] = { TargetType: 'ip' }
    return groups
  }

  #hasConditions(resource: Resource): boolean {
    const missing = missingAt(resource, /^Conditions\b/)
    if (missing) this.#note(resource, missing, 'the rule is not served')
    return missing === undefined
  }

  #actions(resource: Resource, name: string, pattern: RegExp): TemplateObject {
    const missing = missingAt(resource, pattern)
    if (!missing) return {}
    const { id } = resource
    this.#note(resource, missing, 'its requests get 503')
    this.targets[id] = refusing(`${placeOf(resource, missing)} is not known: ${missing.value}`)
    return { [name]: [{ Type: 'forward', TargetGroupArn: id }], Transforms: undefined }
  }

  #noteUsual(resource: Resource, name: string, taken: unknown): void {
    const missing = resource.missing.find(({ path }) => path === name)
    if (missing) this.#note(resource, missing, `${taken} is taken`)
  }

  #noteOthers(resource: Resource, but: RegExp): void {
    for (const missing of resource.missing) {
      if (!but.test(missing.path)) this.#note(resource, missing, 'it is left out')
    }
  }

  #note(resource: Resource, missing: Missing, consequence: string): void {
    this.notes.push(missingNote(resource, missing, consequence))
  }
}

/** A line at the start. */
export function missingNote(resource: Resource, missing: Missing, consequence: string): string {
  return `${placeOf(resource, missing)} is not known here, ${consequence}: ${missing.value}`
}

function placeOf({ id }: Resource, { path }: Missing): string {
  return `Resources.${id}.Properties.${path}`
}

function missingAt({ missing }: Resource, pattern: RegExp): Missing | undefined {
  return missing.find(({ path }) => pattern.test(path))
}
