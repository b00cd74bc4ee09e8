import { Property } from '../properties/property.ts'
import type { Intrinsics } from './intrinsics.ts'
import { asObject, type TemplateObject } from './read-template.ts'
import { isIgnored } from './served-properties.ts'
import { type Missing, settled } from './settled.ts'

export interface Resource {
  readonly id: string
  readonly type: string
  /** The template that it is in. */
  readonly file: string
  /** Resolved, without what is not known. */
  readonly properties: TemplateObject
  /** What is not known. */
  readonly missing: readonly Missing[]
  /** The same, for readers that name the place in errors. */
  readonly property: Property
  readonly metadata: TemplateObject
  /** Names of the properties that are declared, also of those that are not served. */
  readonly declared: readonly string[]
}

/** What the resources of one template are made of. */
export interface ResourcePart {
  readonly file: string
  readonly template: TemplateObject
  readonly intrinsics: Intrinsics
  /** How a resource is called among those of all templates. */
  idOf(id: string): string
}

interface Written {
  readonly part: ResourcePart
  readonly resource: TemplateObject
}

/** The resources of templates, without those whose condition does not hold. */
export class Resources {
  readonly #written: ReadonlyMap<string, Written>

  constructor(parts: readonly ResourcePart[]) {
    this.#written = new Map(parts.flatMap(writtenIn))
  }

  typeOf(id: string): string | undefined {
    const written = this.#written.get(id)
    return written && String(written.resource.Type)
  }

  types(): readonly string[] {
    return [...this.#written].map(([id, { resource }]) => String(resource.Type ?? id))
  }

  ofType(type: string): readonly Resource[] {
    return [...this.#written]
      .filter(([, { resource }]) => resource.Type === type)
      .map(([id, written]) => this.#resolving(id, written))
  }

  // When it is asked for: what nobody needs may depend on other stacks.
  #resolving(id: string, { part, resource }: Written): Resource {
    const { Type, Properties, Metadata } = resource
    let resolved: Pick<Resource, 'missing' | 'properties'> | undefined
    const resolve = (): Pick<Resource, 'missing' | 'properties'> => {
      resolved ??= settled(part.intrinsics.resolve(used(String(Type), asObject(Properties))))
      return resolved
    }
    return {
      id,
      type: String(Type),
      file: part.file,
      metadata: asObject(Metadata),
      declared: Object.keys(asObject(Properties)),
      get properties() {
        return resolve().properties
      },
      get missing() {
        return resolve().missing
      },
      get property() {
        return new Property(resolve().properties, `Resources.${id}.Properties`)
      },
    }
  }
}

function writtenIn(part: ResourcePart): [id: string, written: Written][] {
  const { template, intrinsics } = part
  return Object.entries(intrinsics.expanded(asObject(template.Resources)))
    .map(([id, value]) => [id, asObject(value)] as const)
    .filter(([, { Condition }]) => Condition === undefined || intrinsics.holds(Condition))
    .map(([id, resource]) => [part.idOf(id), { part, resource }])
}

// Networks, roles and the like often come from other stacks.
function used(type: string, written: TemplateObject): TemplateObject {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !isIgnored(type, name)))
}
