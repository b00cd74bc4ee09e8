import { basename, dirname, join } from 'node:path'
import type { Property } from '../../properties/property.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'
import { handlerFile, moduleName } from './handler-place.ts'
import type { FunctionDefaults } from './plan.ts'

const handlerPattern = /^(?:[^./]*\/)*[^./][^/]*\.[^./]+$/

const timeoutLimit = 900
// Only an asynchronous invocation has that long; one from a load balancer ends with the others.
const managedTimeoutLimit = 5400

/**
 * A function from the properties of `AWS::Lambda::Function`, with Lambda's defaults; its code is in
 * the folder.
 * @throws ConfigurationError
 */
export function readFunction(
  id: string,
  properties: Property,
  folder: string,
  { given, ...defaults }: FunctionDefaults,
): FunctionSettings {
  const handler = properties.at('Handler').text({
    pattern: handlerPattern,
    allowed: "a path without extension, a dot and the name of an export, such as 'index.handler'",
  })
  const module = moduleName(handler)
  const name = properties.at('FunctionName')
  const functionName = name.isPresent ? name.text() : id
  const count = (key: string, usual: number, least: number, most: number): number => {
    const property = properties.at(key)
    return property.isPresent ? property.integer({ least, most }) : usual
  }
  const isManaged = properties.at('CapacityProviderConfig').isPresent
  const timeoutSeconds = count('Timeout', 3, 1, isManaged ? managedTimeoutLimit : timeoutLimit)
  return {
    ...defaults,
    functionName,
    file: handlerFile(folder, handler) ?? `${join(folder, dirname(handler), module)}.js`,
    export: basename(handler).slice(module.length + 1),
    taskRoot: folder,
    major: majorOf(properties.at('Runtime').value),
    timeoutMs: 1000 * Math.min(timeoutSeconds, timeoutLimit),
    memoryLimitInMB: count('MemorySize', 128, 128, 32_768),
    concurrency: count('ReservedConcurrentExecutions', defaults.concurrency, 0, 10_000),
    ...(isManaged && { maxConcurrency: readMaxConcurrency(properties) }),
    environment: given.over(readVariables(properties), id, functionName),
  }
}

function majorOf(runtime: unknown): number | undefined {
  const [, major] = /^nodejs(\d+)/.exec(String(runtime)) ?? []
  return major === undefined ? undefined : Number(major)
}

// SAM has it without the object in between. The default is that of one vCPU.
function readMaxConcurrency(properties: Property): number {
  const config = properties.at('CapacityProviderConfig')
  const inner = config.at('LambdaManagedInstancesCapacityProviderConfig')
  const property = (inner.isPresent ? inner : config).at('PerExecutionEnvironmentMaxConcurrency')
  return property.isPresent ? property.integer({ least: 1, most: 1600 }) : 64
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
