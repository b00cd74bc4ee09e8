import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch'
import type { AuthenticateOidcOptions } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { AuthenticateCognitoActionProps } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions'
import type { IBucket } from 'aws-cdk-lib/aws-s3'

export interface BundlingOptions {
  /** Default: true. */
  readonly minify?: boolean
  /** Default: true; without the sources' text, which stack traces do not need. */
  readonly sourceMap?: boolean
  /** Default: that of the entry, as Node would take it. */
  readonly format?: 'esm' | 'cjs'
  /** Left out of the bundle, besides the AWS SDK, which the runtime has. */
  readonly externalModules?: readonly string[]
  /** Identifiers to replace by a constant. */
  readonly define?: Readonly<Record<string, string>>
  /** esbuild's loader for a file extension, such as `{ '.sql': 'text' }`. */
  readonly loader?: Readonly<Record<string, string>>
}

export interface AutoScalingOptions {
  readonly minCapacity: number
  readonly maxCapacity: number
  /** Share of the provisioned environments that is to be busy, 0.1 to 0.9. Default: 0.7. */
  readonly utilizationTarget?: number
}

/** One of them. */
export interface AuthenticationOptions {
  /** Signs users in with an identity provider that speaks OpenID Connect. */
  readonly oidc?: Omit<AuthenticateOidcOptions, 'next'>
  /** Signs users in with a user pool of Cognito. */
  readonly cognito?: Omit<AuthenticateCognitoActionProps, 'next'>
  /** Lets requests pass that bring a valid token. Needs a CDK with `ListenerAction.authenticateJwt`. */
  readonly jwt?: JwtOptions
}

export interface JwtOptions {
  /** What the claim `iss` must be, at most 256 characters. */
  readonly issuer: string
  /** HTTPS URL of the issuer's keys, at most 256 characters. */
  readonly jwksEndpoint: string
  /** Claims that the token must have besides `iss` and `exp`, at most 10. */
  readonly additionalClaims?: readonly JwtClaim[]
}

export interface JwtClaim {
  readonly name: string
  /** Of which the token must have one; at most 10. */
  readonly values: readonly string[]
  /** How the token holds them. Default: `single-string`. */
  readonly format?: 'single-string' | 'string-array' | 'space-separated-values'
}

/** Of access and of connection logs. */
export interface AccessLogsOptions {
  /** Encrypted by S3's own keys: load balancers cannot write with KMS keys. */
  readonly bucket: IBucket
  /** Default: none. */
  readonly prefix?: string
}

export interface AlarmOptions {
  /** What happens when an alarm goes off, such as `new SnsAction(topic)`. Default: nothing. */
  readonly actions?: readonly IAlarmAction[]
  /** Errors within a minute at which an alarm goes off. Default: 1. */
  readonly threshold?: number
}
