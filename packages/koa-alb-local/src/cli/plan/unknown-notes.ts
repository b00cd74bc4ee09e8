import { resourceShapes, type Shape } from '../../configuration/known-properties.ts'
import { unknownProperties } from '../../configuration/unknown-properties.ts'
import { Property } from '../../properties/property.ts'
import type { Resources } from '../../template/resources.ts'
import { functionShape } from './file-shape.ts'

const shapes: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    Object.entries(resourceShapes).map(([name, shape]) => [
      `AWS::ElasticLoadBalancingV2::${name}`,
      shape,
    ]),
  ),
  'AWS::Lambda::Function': functionShape,
}

/** A line for each property of the resources with these ids that CloudFormation does not know. */
export function unknownNotes(resources: Resources, ids: readonly string[]): string[] {
  return Object.entries(shapes).flatMap(([type, shape]) =>
    resources
      .ofType(type)
      .filter(({ id }) => ids.includes(id))
      .flatMap(({ id, properties }) => {
        return unknownProperties(new Property(properties, `${id}.Properties`), shape)
      }),
  )
}
