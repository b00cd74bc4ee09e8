/** What is wrong with a configuration; docs/local.md has a row for each. */
export type ConfigurationErrorCode =
  | 'ALB_ERR_CONFLICT'
  | 'ALB_ERR_INVALID_ACTIONS'
  | 'ALB_ERR_INVALID_PROPERTY'
  | 'ALB_ERR_LIMIT_EXCEEDED'
  | 'ALB_ERR_MISSING_PROPERTY'
  | 'ALB_ERR_NO_STAND_IN'
  | 'ALB_ERR_NOT_SUPPORTED'
  | 'ALB_ERR_UNKNOWN_REFERENCE'

/** A configuration that the load balancer's API would refuse, or that cannot be served here. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationErrorCode
  /** The place in the configuration, such as `listenerRules.Api.Conditions[0].Values[1]`. */
  readonly property: string

  constructor(code: ConfigurationErrorCode, property: string, message: string) {
    super(`${property} ${message}`)
    this.code = code
    this.property = property
  }
}
