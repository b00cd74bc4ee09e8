import { basename, dirname, join } from 'node:path'
import type { Property } from '../../properties/property.ts'
import type { FunctionSettings } from '../functions/local-function.ts'
import { handlerFile, moduleName } from './handler-place.ts'
import type { FunctionDefaults } from './plan.ts'

const handlerPattern = /^(?:[^./]*\/)*[^./][^/]*\.[^./]+$/

/**
 * A function from the properties of `AWS::Lambda::Function`, with Lambda's defaults; its code is in
 * the folder.
 * @throws ConfigurationError
 */
export function readFunction(
  id: string,
  properties: Property,
  folder: string,
  defaults: FunctionDefaults,
): FunctionSettings {
  const handler = properties.at('Handler').text({
    pattern: handlerPattern,
    allowed: "a path without extension, a dot and the name of an export, such as 'index.handler'",
  })
  const module = moduleName(handler)
  const name = properties.at('FunctionName')
  const count = (key: string, usual: number, least: number, most: number): number => {
    const property = properties.at(key)
    return property.isPresent ? property.integer({ least, most }) : usual
  }
  return {
    ...defaults,
    functionName: name.isPresent ? name.text() : id,
    file: handlerFile(folder, handler) ?? `${join(folder, dirname(handler), module)}.js`,
    export: basename(handler).slice(module.length + 1),
    taskRoot: folder,
    major: majorOf(properties.at('Runtime').value),
    timeoutMs: 1000 * count('Timeout', 3, 1, 900),
    memoryLimitInMB: count('MemorySize', 128, 128, 32_768),
    concurrency: count('ReservedConcurrentExecutions', defaults.concurrency, 1, 10_000),
    environment: { ...readVariables(properties), ...defaults.environment },
  }
}

function majorOf(runtime: unknown): number | undefined {
  const [, major] = /^nodejs(\d+)/.exec(String(runtime)) ?? []
  return major === undefined ? undefined : Number(major)
}

function readVariables(properties: Property): Record<string, string> {
  const variables = properties.at('Environment').at('Variables').entries()
  return Object.fromEntries(
    variables.map(([name, property]) => {
      const { value } = property
      // CloudFormation takes these, too, and makes texts of them.
      if (typeof value === 'number' || typeof value === 'boolean') return [name, String(value)]
      return [name, property.text()]
    }),
  )
}
