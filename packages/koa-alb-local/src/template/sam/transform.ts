import { asObject, type TemplateObject } from '../read-template.ts'
import { aliasId, samFunction } from './function.ts'
import { withGlobals } from './globals.ts'

const name = 'AWS::Serverless-2016-10-31'

// What AWS calls a macro of its own, and what is read here without one.
const read: readonly unknown[] = [name, 'AWS::LanguageExtensions']

/** The macros of a template that are not run here. */
export function otherMacros({ Transform }: TemplateObject): string[] {
  const macros = [Transform].flat().filter((macro) => macro !== undefined && macro !== null)
  const names = macros.map((macro) => asObject(macro).Name ?? macro)
  return names.filter((macro) => !read.includes(macro)).map(String)
}

function isSam({ Transform }: TemplateObject): boolean {
  return [Transform].flat().includes(name)
}

/**
 * A SAM template as CloudFormation gets it, as far as functions and layers go: AWS's own translation is
 * a service, and a program in Python. All else stays as it is written.
 * @param resolve what SAM itself resolves: parameters
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export function withoutSam(
  template: TemplateObject,
  resolve: (value: unknown) => unknown,
): { readonly template: TemplateObject; readonly notes: readonly string[] } {
  if (!isSam(template)) return { template, notes: [] }
  const notes: string[] = []
  const references = new Map<string, string>()
  const resources = Object.entries(asObject(template.Resources)).flatMap(
    ([id, value]): [string, unknown][] => {
      const resource = withGlobals(asObject(value), asObject(template.Globals))
      if (resource.Type === 'AWS::Serverless::LayerVersion') return [[id, samLayer(resource)]]
      if (resource.Type !== 'AWS::Serverless::Function') return [[id, value]]
      const alias = resolve(asObject(resource.Properties).AutoPublishAlias)
      const made = samFunction(id, resource, typeof alias === 'string' ? alias : undefined)
      if (typeof alias === 'string') references.set(`${id}.Alias`, aliasId(id, alias))
      references.set(`${id}.Version`, made.versionId)
      if (made.left.length > 0) notes.push(`${made.left.join(', ')} of ${id} is not served here`)
      return made.resources
    },
  )
  const { Outputs, ...rest } = template
  return {
    template: {
      ...rest,
      Resources: asObject(renamed(Object.fromEntries(resources), references)),
      ...(Outputs !== undefined && { Outputs: renamed(Outputs, references) }),
    },
    notes,
  }
}

function samLayer({ Properties, ...rest }: TemplateObject): TemplateObject {
  const { ContentUri, ...properties } = asObject(Properties)
  return {
    ...rest,
    Type: 'AWS::Lambda::LayerVersion',
    Properties: { ...properties, Content: ContentUri },
  }
}

/** With the names that SAM gives to `!Ref Function.Alias` and `!Ref Function.Version`. */
function renamed(value: unknown, references: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, references))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key === 'Ref') return [key, references.get(String(each)) ?? each]
    if (key === 'Fn::Sub') return [key, renamedIn(each, references)]
    return [key, renamed(each, references)]
  })
  return Object.fromEntries(fields)
}

function renamedIn(argument: unknown, references: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(argument)) {
    const [text, values] = argument
    return [renamedIn(text, references), renamed(values, references)]
  }
  if (typeof argument !== 'string') return argument
  return argument.replace(/\$\{([^{}!]+)\}/g, (whole, name: string) => {
    const found = references.get(name.trim())
    return found === undefined ? whole : `\${${found}}`
  })
}
