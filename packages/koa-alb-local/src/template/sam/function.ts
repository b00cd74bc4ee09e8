import { createHash } from 'node:crypto'
import { asObject, type TemplateObject } from '../read-template.ts'

// What becomes something else, and roles, which mean nothing here.
const own: readonly string[] = [
  'AssumeRolePolicyDocument',
  'AutoPublishAlias',
  'AutoPublishAliasAllProperties',
  'AutoPublishCodeSha256',
  'CodeUri',
  'DeadLetterQueue',
  'ImageUri',
  'InlineCode',
  'PermissionsBoundary',
  'Policies',
  'PropagateTags',
  'RolePath',
  'Tracing',
  'VersionDeletionPolicy',
  'VersionDescription',
]

/** What is named at the start. */
const notServed: readonly string[] = [
  'DeploymentPreference',
  'EventInvokeConfig',
  'Events',
  'FunctionUrlConfig',
  'ProvisionedConcurrencyConfig',
]

interface MadeResources {
  readonly resources: [id: string, resource: TemplateObject][]
  readonly versionId: string
  /** Properties that mean nothing here. */
  readonly left: readonly string[]
}

/** The logical id of the alias that `AutoPublishAlias` makes. */
export function aliasId(id: string, alias: string): string {
  return `${id}Alias${alias.replaceAll('-', 'D').replaceAll('_', 'U')}`
}

/** What a SAM function becomes: the function, its version and its alias. */
export function samFunction(
  id: string,
  { Properties, Metadata, Condition }: TemplateObject,
  alias: string | undefined,
): MadeResources {
  const properties = asObject(Properties)
  const common = Condition === undefined ? {} : { Condition }
  const left = Object.keys(properties).filter((name) => notServed.includes(name))
  const kept = Object.entries(properties).filter(
    ([name]) => !own.includes(name) && !notServed.includes(name),
  )
  const made: TemplateObject = {
    ...common,
    Type: 'AWS::Lambda::Function',
    Metadata,
    Properties: {
      ...Object.fromEntries(kept),
      Code: codeOf(properties),
      Role: properties.Role ?? `${id}Role`,
    },
  }
  const code = JSON.stringify(codeOf(properties) ?? '')
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 10)
  const versionId = `${id}Version${hash}`
  if (alias === undefined) return { resources: [[id, made]], versionId, left }
  const version = {
    ...common,
    Type: 'AWS::Lambda::Version',
    Properties: { FunctionName: { Ref: id } },
  }
  const published = {
    ...common,
    Type: 'AWS::Lambda::Alias',
    Properties: {
      Name: alias,
      FunctionName: { Ref: id },
      FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
    },
  }
  return {
    resources: [
      [id, made],
      [versionId, version],
      [aliasId(id, alias), published],
    ],
    versionId,
    left,
  }
}

function codeOf({ CodeUri, InlineCode, ImageUri, PackageType }: TemplateObject): unknown {
  if (InlineCode !== undefined) return { ZipFile: InlineCode }
  if (ImageUri !== undefined || PackageType === 'Image') return { ImageUri }
  const { Bucket, Key } = asObject(CodeUri)
  if (Key !== undefined) return { S3Bucket: Bucket, S3Key: Key }
  // `sam build` takes the folder of the template without one.
  return CodeUri ?? '.'
}
