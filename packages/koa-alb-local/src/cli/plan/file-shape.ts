import { resourceShapes, type Shape } from '../../configuration/known-properties.ts'
import { unknownProperties } from '../../configuration/unknown-properties.ts'
import { didYouMean, listed } from '../../properties/nearest.ts'
import type { Property } from '../../properties/property.ts'
import { StartError } from '../terminal/start-error.ts'

const certificate = { cert: true, key: true } as const

/** What stands for services of AWS, in a file of its own beside a template. */
const standInShapes = {
  certificates: { '*': certificate },
  env: true,
  envFiles: true,
  identityKey: true,
  invoke: true,
  keySets: true,
  servers: true,
  trustStores: true,
  users: { '*': { accessToken: true, claims: true } },
} as const satisfies Record<string, Shape>

/** The properties of `AWS::Lambda::Function`, also those that mean nothing here. */
export const functionShape = {
  Architectures: true,
  CapacityProviderConfig: true,
  Code: true,
  CodeSigningConfigArn: true,
  DeadLetterConfig: true,
  Description: true,
  DurableConfig: true,
  Environment: { Variables: true },
  EphemeralStorage: true,
  FileSystemConfigs: true,
  FunctionName: true,
  FunctionScalingConfig: true,
  Handler: true,
  ImageConfig: true,
  KmsKeyArn: true,
  Layers: true,
  LoggingConfig: true,
  MemorySize: true,
  PackageType: true,
  PublishToLatestPublished: true,
  RecursiveLoop: true,
  ReservedConcurrentExecutions: true,
  Role: true,
  Runtime: true,
  RuntimeManagementConfig: true,
  SnapStart: true,
  Tags: true,
  TenancyConfig: true,
  Timeout: true,
  TracingConfig: true,
  VpcConfig: true,
} as const satisfies Shape

const configShape = {
  ...standInShapes,
  emptyBodyIsBase64Encoded: true,
  functions: { '*': functionShape },
  listenerCertificates: { '*': resourceShapes.ListenerCertificate },
  listenerRules: { '*': resourceShapes.ListenerRule },
  listeners: { '*': resourceShapes.Listener },
  loadBalancer: resourceShapes.LoadBalancer,
  reverseRepeatedHeaders: true,
  targetGroups: { '*': resourceShapes.TargetGroup },
  tls: true,
} as const satisfies Shape

/**
 * @param invoked functions that the command line has
 * @throws StartError that names what nobody would read in a configuration file
 */
export function checkConfigFile(file: string, root: Property, invoked: readonly string[]): void {
  if (root.at('targets').isPresent) {
    throw new StartError(`${file}: targets is of programs; a file has functions`)
  }
  refuseUnknown(file, root, configShape)
  checkFunctions(root, invoked)
}

/** @throws StartError that names what nobody would read in a file of stand-ins */
export function checkStandInsFile(file: string, root: Property): void {
  const ofTemplate = {
    code: true,
    imports: true,
    listeners: { '*': resourceShapes.Listener },
    parameters: true,
  } as const
  refuseUnknown(file, root, { ...standInShapes, ...ofTemplate })
}

function refuseUnknown(file: string, root: Property, shape: Record<string, Shape>): void {
  const unknown = unknownProperties(root, shape, Object.keys(shape))
  if (unknown.length > 0) throw new StartError(unknown.map((each) => `${file}: ${each}`).join('\n'))
}

// Where the load balancer would speak of its targets, the file has functions.
function checkFunctions(root: Property, invoked: readonly string[]): void {
  const ofFile = ['functions', 'invoke'].flatMap((name) =>
    root
      .at(name)
      .entries()
      .map(([id]) => id),
  )
  const known = [...ofFile, ...invoked]
  for (const [, group] of root.at('targetGroups').entries()) {
    if (group.at('TargetType').value !== 'lambda') continue
    for (const id of group
      .at('Targets')
      .items()
      .map((target) => target.at('Id'))) {
      const name = id.text()
      if (known.includes(name)) continue
      const message = `is ${JSON.stringify(name)}, which is not in functions (${listed(known)})${didYouMean(name, known)}`
      throw id.error('ALB_ERR_UNKNOWN_REFERENCE', message)
    }
  }
}
