import { asObject, type TemplateObject } from './read-template.ts'

const prefix = 'Fn::ForEach::'

/** Whether a key is a loop of `AWS::LanguageExtensions`. */
export function isLoop(key: string): boolean {
  return key.startsWith(prefix)
}

/**
 * An object whose loops have become what they stand for; the list of a loop is resolved by the
 * caller. A loop over what is not known has nothing.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(
  object: TemplateObject,
  resolve: (list: unknown) => unknown,
): TemplateObject {
  if (!Object.keys(object).some(isLoop)) return object
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, unknown][] => {
      if (!isLoop(key)) return [[key, value]]
      const [identifier, list, body] = Array.isArray(value) ? value : []
      const items = resolve(list)
      return (Array.isArray(items) ? items : []).flatMap((item) => {
        const round = asObject(filled(body, String(identifier), String(item)))
        return Object.entries(withoutLoops(round, resolve))
      })
    }),
  )
}

// `&{Name}` leaves out what no logical id may have.
function filled(value: unknown, identifier: string, item: string): unknown {
  const replaced = (text: string): string =>
    text
      .replaceAll(`\${${identifier}}`, item)
      .replaceAll(`&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''))
  if (typeof value === 'string') return replaced(value)
  if (Array.isArray(value)) return value.map((each) => filled(each, identifier, item))
  if (typeof value !== 'object' || value === null) return value
  const { Ref } = asObject(value)
  if (Ref === identifier) return item
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [replaced(key), filled(each, identifier, item)]),
  )
}
