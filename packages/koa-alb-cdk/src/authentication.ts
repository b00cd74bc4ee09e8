import { ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { AuthenticateCognitoAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions'
import type { AuthenticationOptions, JwtOptions } from './options.ts'

/** The action, with what comes before it. */
export function inFront(
  next: ListenerAction,
  { oidc, cognito, jwt }: AuthenticationOptions = {},
): ListenerAction {
  if (oidc) return ListenerAction.authenticateOidc({ ...oidc, next })
  if (cognito) return new AuthenticateCognitoAction({ ...cognito, next })
  if (jwt) return new ValidateJwtAction(jwt, next)
  return next
}

/** The CDK's own knows no further claims. */
class ValidateJwtAction extends ListenerAction {
  constructor({ issuer, jwksEndpoint, additionalClaims }: JwtOptions, next: ListenerAction) {
    const claims = additionalClaims?.map(({ name, values, format = 'single-string' }) => ({
      name,
      values: [...values],
      format,
    }))
    const jwtValidationConfig = { issuer, jwksEndpoint, additionalClaims: claims }
    super({ type: 'jwt-validation', jwtValidationConfig }, next)
  }
}
