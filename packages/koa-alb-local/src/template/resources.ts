import { Property } from '../properties/property.ts'
import type { Intrinsics } from './intrinsics.ts'
import { asObject, type TemplateObject } from './read-template.ts'
import { type Missing, settled } from './settled.ts'

export interface Resource {
  readonly id: string
  readonly type: string
  /** Resolved, without what is not known. */
  readonly properties: TemplateObject
  /** What is not known. */
  readonly missing: readonly Missing[]
  /** The same, for readers that name the place in errors. */
  readonly property: Property
  readonly metadata: TemplateObject
}

// Networks, roles and the like mean nothing here, and often come from other stacks.
const unused: readonly string[] = [
  'CodeSigningConfigArn',
  'DeadLetterConfig',
  'FileSystemConfigs',
  'KmsKeyArn',
  'LoggingConfig',
  'Role',
  'SecurityGroups',
  'SubnetMappings',
  'Subnets',
  'Tags',
  'VpcConfig',
  'VpcId',
]

/** The resources of a template, without those whose condition does not hold. */
export class Resources {
  readonly #intrinsics: Intrinsics
  readonly #written: ReadonlyMap<string, TemplateObject>

  constructor(template: TemplateObject, intrinsics: Intrinsics) {
    this.#intrinsics = intrinsics
    const written = Object.entries(intrinsics.expanded(asObject(template.Resources)))
      .map(([id, resource]) => [id, asObject(resource)] as const)
      .filter(([, { Condition }]) => Condition === undefined || intrinsics.holds(Condition))
    this.#written = new Map(written)
  }

  typeOf(id: string): string | undefined {
    const resource = this.#written.get(id)
    return resource && String(resource.Type)
  }

  types(): readonly string[] {
    return [...this.#written].map(([id, { Type }]) => String(Type ?? id))
  }

  ofType(type: string): readonly Resource[] {
    return [...this.#written]
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => this.#resolving(id, resource))
  }

  // When it is asked for: what nobody needs may depend on other stacks.
  #resolving(id: string, { Type, Properties, Metadata }: TemplateObject): Resource {
    let resolved: Pick<Resource, 'missing' | 'properties'> | undefined
    const resolve = (): Pick<Resource, 'missing' | 'properties'> => {
      resolved ??= settled(this.#intrinsics.resolve(used(asObject(Properties))))
      return resolved
    }
    return {
      id,
      type: String(Type),
      metadata: asObject(Metadata),
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

function used(written: TemplateObject): TemplateObject {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !unused.includes(name)))
}
