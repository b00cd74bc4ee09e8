import { ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Duration } from 'aws-cdk-lib/core'
import type { AuthenticationOptions, JwtOptions } from './options.ts'
import {
  conflict,
  invalid,
  isKnown,
  missing,
  type Problems,
  rangeProblem,
  tooMany,
  unsupported,
} from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with what comes before the function; `isPlain` says that the listener is known to be HTTP. */
export function authenticationProblems(
  { authentication }: ApplicationLoadBalancedFunctionProps,
  isPlain: boolean,
): Problems {
  if (!authentication) return []
  const { oidc, cognito, jwt } = authentication
  const ways = [oidc, cognito, jwt].filter((way) => way !== undefined)
  return [
    isPlain &&
      conflict('authentication: needs HTTPS. Give `certificate`, or a `listener` with HTTPS.'),
    ways.length !== 1 &&
      conflict(
        `authentication: ${ways.length === 0 ? 'none' : 'more than one'} of \`oidc\`, \`cognito\` and \`jwt\` is there. Give one.`,
      ),
    ...oidcProblems(oidc),
    ...sessionProblems('oidc', oidc),
    ...cognitoProblems(cognito),
    ...sessionProblems('cognito', cognito),
    ...jwtProblems(jwt),
  ]
}

function oidcProblems(oidc: AuthenticationOptions['oidc']): Problems {
  if (!oidc) return []
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = oidc
  const urls = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint }
  return [
    ...Object.entries(urls).map(([name, url]) => urlProblem(`authentication.oidc.${name}`, url)),
    !oidc.clientId && missing('authentication.oidc.clientId: give that of the identity provider.'),
    !oidc.clientSecret &&
      missing(
        "authentication.oidc.clientSecret: give a SecretValue, such as SecretValue.secretsManager('name').",
      ),
  ]
}

function cognitoProblems(cognito: AuthenticationOptions['cognito']): Problems {
  if (!cognito) return []
  const needed = ['userPool', 'userPoolClient', 'userPoolDomain'] as const
  const absent = needed.filter((name) => !cognito[name])
  return [
    absent.length > 0 &&
      missing(`authentication.cognito: ${absent.join(', ')} is missing. Give all three.`),
  ]
}

interface Session {
  readonly sessionTimeout?: Duration
  readonly authenticationRequestExtraParams?: Record<string, string>
}

function sessionProblems(way: string, session: Session | undefined): Problems {
  const { sessionTimeout, authenticationRequestExtraParams: extra = {} } = session ?? {}
  return [
    sessionTimeout &&
      !sessionTimeout.isUnresolved() &&
      rangeProblem(
        `authentication.${way}.sessionTimeout`,
        sessionTimeout.toSeconds(),
        1,
        604_800,
        's',
      ),
    Object.keys(extra).length > 10 &&
      tooMany(
        `authentication.${way}.authenticationRequestExtraParams: at most 10. Leave some out.`,
      ),
  ]
}

function jwtProblems(jwt: JwtOptions | undefined): Problems {
  if (!jwt) return []
  const { issuer, jwksEndpoint, additionalClaims = [] } = jwt
  const long = (text: string | undefined) => isKnown(text) && text.length > 256
  return [
    typeof ListenerAction.authenticateJwt !== 'function' &&
      unsupported(
        'authentication.jwt: this version of aws-cdk-lib cannot validate tokens. Take a newer one.',
      ),
    !issuer && missing('authentication.jwt.issuer: give what the claim iss must be.'),
    urlProblem('authentication.jwt.jwksEndpoint', jwksEndpoint),
    (long(issuer) || long(jwksEndpoint)) &&
      invalid('authentication.jwt: issuer and jwksEndpoint have at most 256 characters.'),
    additionalClaims.length > 10 &&
      tooMany(
        `authentication.jwt.additionalClaims: at most 10, and these are ${additionalClaims.length}. Check the rest in the app.`,
      ),
    ...additionalClaims.map(
      ({ name, values }) =>
        (!name || !values?.length || values.length > 10) &&
        invalid(
          `authentication.jwt.additionalClaims: ${name || 'one'} needs a name and 1 to 10 values.`,
        ),
    ),
  ]
}

function urlProblem(name: string, url: string | undefined): Problems[number] {
  if (!url) return missing(`${name}: give an HTTPS URL.`)
  return (
    isKnown(url) &&
    (!url.startsWith('https://') || !URL.canParse(url)) &&
    invalid(`${name}: ${url} is no HTTPS URL. Give one such as https://login.example.com/.`)
  )
}
