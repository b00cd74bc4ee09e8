import type { LambdaErrorReason } from '../../answer/refusal.ts'
import { Property } from '../../properties/property.ts'
import { type Assets, codeFolder } from '../../template/code-folder.ts'
import { type LayerVariables, readLayers } from '../../template/layers.ts'
import { TemplateError } from '../../template/read-template.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'
import { readFunction } from './function-properties.ts'
import { handlerPlace } from './handler-place.ts'
import { missingNote } from './known-routing.ts'
import type { FunctionDefaults } from './plan.ts'

/** Why a function cannot be called. */
export interface Failure {
  readonly errorReason: LambdaErrorReason
  readonly detail: string
  /** Whether nothing but its code is missing. */
  readonly isUnbuilt?: boolean
  /** For the line at the start. */
  readonly remedy?: string
}

export interface FunctionContext {
  readonly assets: Assets
  readonly defaults: FunctionDefaults
  /** Folders of code by the logical id or the name of the function. */
  readonly code: Readonly<Record<string, string>>
}

// Without these a function runs with Lambda's defaults.
const optional =
  /^(?:CapacityProviderConfig|FunctionName|Layers|MemorySize|ReservedConcurrentExecutions|Timeout)\b/
const needed = /^(?:Code|Environment|Handler|PackageType|Runtime)\b/

/** How a function of the template runs, or why it does not. */
export async function readSettings(
  resource: Resource,
  resources: Resources,
  { assets, defaults, code }: FunctionContext,
): Promise<{ settings: FunctionSettings; notes: readonly string[] } | Failure> {
  const { id, file, missing, properties, property } = resource
  const given = code[id] ?? code[String(properties.FunctionName)]
  const variables = defaults.given.over({}, id, ...nameOf(properties))
  const lacking = missing.find(
    ({ path }) =>
      needed.test(path) &&
      !(given !== undefined && path.startsWith('Code')) &&
      variables[variableAt(path) ?? ''] === undefined,
  )
  if (lacking) {
    const variable = variableAt(lacking.path)
    const remedy = variable === undefined ? '' : `, or --env ${id}.${variable}=…`
    const detail = `${id} needs ${lacking.path}, which is not known here: ${lacking.value}${remedy}`
    return { errorReason: 'LambdaResourceNotFound', detail }
  }
  try {
    const sources = { templateFile: file, assets, given }
    const folder = await codeFolder(resource, sources)
    const layers = await readLayers(resource, resources, { ...sources, code })
    const usual = missing.filter(({ path }) => optional.test(path))
    const place = handlerPlace(resource, folder, file)
    const moved = new Property({ ...properties, Handler: place?.handler }, property.path)
    const settings = readFunction(id, place ? moved : property, place?.folder ?? folder, defaults)
    return {
      settings: { ...settings, environment: withLayers(settings.environment, layers.variables) },
      notes: [
        ...layers.notes,
        ...usual.map((each) => missingNote(resource, each, 'the default is taken')),
      ],
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { errorReason: 'LambdaResourceNotFound', detail: error.message, isUnbuilt: true }
  }
}

// The function's own options come after those that its layers need.
function withLayers(
  environment: Readonly<Record<string, string>>,
  layers: LayerVariables,
): Readonly<Record<string, string>> {
  const options = [layers.NODE_OPTIONS, environment.NODE_OPTIONS].filter(Boolean).join(' ')
  return { ...layers, ...environment, ...(options && { NODE_OPTIONS: options }) }
}

function nameOf({ FunctionName: name }: Resource['properties']): readonly string[] {
  return typeof name === 'string' ? [name] : []
}

function variableAt(path: string): string | undefined {
  return /^Environment\.Variables\.(.+)$/.exec(path)?.[1]
}
