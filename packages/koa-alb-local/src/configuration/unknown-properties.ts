import { didYouMean } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import { attributeKeys } from './known-attributes.ts'
import type { Shape } from './known-properties.ts'

/**
 * A sentence for each name that nobody knows there, with the one that was meant if that is clear.
 * @param top names at the top of the file, for what was written further in
 */
export function unknownProperties(
  property: Property,
  shape: Shape,
  top: readonly string[] = [],
): string[] {
  const { value } = property
  if (shape === true || typeof value !== 'object' || value === null) return []
  if (isList(shape)) {
    // What should be a list and is none is refused where it is read.
    if (!Array.isArray(value)) return []
    return [
      ...unknownKeys(property),
      ...property.items().flatMap((each) => unknownProperties(each, shape[0], top)),
    ]
  }
  // What a template has in place of something unresolved is no object of the file.
  if (Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype) return []
  return property.entries().flatMap(([name, each]) => {
    const known = Object.hasOwn(shape, name) ? shape[name] : shape['*']
    if (known !== undefined) return unknownProperties(each, known, top)
    return `${each.path} is no property there${didYouMean(name, Object.keys(shape)) || topMeant(name, top)}`
  })
}

function topMeant(name: string, top: readonly string[]): string {
  const meant = didYouMean(name, top)
  return meant && `${meant.slice(0, -1)} at the top of the file?`
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

function unknownKeys(list: Property): string[] {
  const keys = attributeKeys[list.path.split('.').at(-1) ?? '']
  if (!keys) return []
  return list.items().flatMap((item) => {
    const key = item.at('Key')
    if (typeof key.value !== 'string' || keys.includes(key.value)) return []
    return `${key.path} ${key.value} is no attribute there${didYouMean(key.value, keys)}`
  })
}
