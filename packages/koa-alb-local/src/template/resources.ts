import { Property } from '../properties/property.ts'
import type { Intrinsics } from './intrinsics.ts'
import { asObject, TemplateError, type TemplateObject } from './read-template.ts'

export interface Resource {
  readonly id: string
  readonly type: string
  /** Resolved. */
  readonly properties: TemplateObject
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
  'Layers',
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
    const written = Object.entries(asObject(template.Resources))
      .map(([id, resource]) => [id, asObject(resource)] as const)
      .filter(([, { Condition }]) => Condition === undefined || intrinsics.holds(Condition))
    this.#written = new Map(written)
  }

  typeOf(id: string): string | undefined {
    const resource = this.#written.get(id)
    return resource && String(resource.Type)
  }

  types(): readonly string[] {
    // A loop of CloudFormation (`Fn::ForEach::…`) has no type, only a name that says so.
    return [...this.#written].map(([id, { Type }]) => String(Type ?? id))
  }

  ofType(type: string): readonly Resource[] {
    return [...this.#written]
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => this.#resolving(id, resource))
  }

  // When it is asked for: what nobody needs may depend on other stacks.
  #resolving(id: string, { Type, Properties, Metadata }: TemplateObject): Resource {
    let resolved: TemplateObject | undefined
    const properties = (): TemplateObject => {
      resolved ??= this.#resolved(id, asObject(Properties))
      return resolved
    }
    return {
      id,
      type: String(Type),
      metadata: asObject(Metadata),
      get properties() {
        return properties()
      },
      get property() {
        return new Property(properties(), `Resources.${id}.Properties`)
      },
    }
  }

  #resolved(id: string, written: TemplateObject): TemplateObject {
    try {
      const used = Object.entries(written).filter(([name]) => !unused.includes(name))
      return asObject(this.#intrinsics.resolve(Object.fromEntries(used)))
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      throw new TemplateError(`Resources.${id}: ${error.message}`)
    }
  }
}
