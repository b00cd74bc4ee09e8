import { asObject, type TemplateObject } from '../read-template.ts'

/**
 * A resource with what `Globals` says of its kind: objects are merged, lists put together, and all else
 * is the resource's.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(resource: TemplateObject, globals: TemplateObject): TemplateObject {
  const kind = /^AWS::Serverless::(\w+)$/.exec(String(resource.Type))?.[1]
  const shared = kind === undefined ? undefined : globals[kind]
  if (shared === undefined) return resource
  return { ...resource, Properties: merged(shared, resource.Properties) }
}

function merged(shared: unknown, own: unknown): unknown {
  if (own === undefined) return shared
  if (Array.isArray(shared) && Array.isArray(own)) return [...shared, ...own]
  if (!isPlain(shared) || !isPlain(own)) return own
  const [one, other] = [asObject(shared), asObject(own)]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...names].map((name) => [name, merged(one[name], other[name])]))
}

// An intrinsic function is a value, not an object to add to.
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
}
