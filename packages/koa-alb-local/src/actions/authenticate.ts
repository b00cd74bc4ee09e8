import { errorPage } from '../answer/error-page.ts'
import { Refusal } from '../answer/refusal.ts'
import { there } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import { dnsName } from '../request/forwarded.ts'
import type { Gate, Passage, RoutedRequest } from '../rules/rule.ts'
import type { IdentitySigner } from './identity-signer.ts'

/** Who is signed in: the claims of the user, `sub` among them. */
export interface SignedInUser {
  claims: { sub: string; [name: string]: unknown }
  /** `x-amzn-oidc-accesstoken`. Default: a text that says it is none. */
  accessToken?: string
}

const accessTokenHeader = 'x-amzn-oidc-accesstoken'
const dataHeader = 'x-amzn-oidc-data'
const identityHeader = 'x-amzn-oidc-identity'
const identityHeaders = [accessTokenHeader, dataHeader, identityHeader]

interface Provider {
  readonly issuer: string
  readonly client: string
  readonly authorizationEndpoint: string
  readonly scope: string
  readonly onUnauthenticated: 'allow' | 'authenticate' | 'deny'
}

/**
 * A gate that adds the identity headers of the user that stands in for the provider's sign-in page.
 */
export function readAuthenticate(
  config: Property,
  kind: 'cognito' | 'oidc',
  users: Property,
  signer: IdentitySigner,
): Gate {
  const provider = readProvider(config, kind)
  const known = users.entries().map(([name]) => name)
  const user = readUser(users.at(provider.issuer), config, provider.issuer, known)
  return {
    name: 'authenticate',
    async pass(request) {
      if (!user) return unauthenticated(provider, request)
      const { claims, accessToken = 'no-access-token-of-koa-alb-local' } = user
      return {
        added: new Map([
          [accessTokenHeader, accessToken],
          [dataHeader, signer.sign(claims, provider)],
          [identityHeader, claims.sub],
        ]),
      }
    },
  }
}

function unauthenticated(provider: Provider, { uri, port }: RoutedRequest): Passage {
  // What the client says of itself is not what a provider said.
  if (provider.onUnauthenticated === 'allow') {
    return { added: new Map(identityHeaders.map((name) => [name, undefined])) }
  }
  if (provider.onUnauthenticated === 'deny') throw new Refusal(401, 'nobody is signed in')
  const host = (uri.host ?? dnsName).replace(/:\d*$/, '')
  const location = new URL(provider.authorizationEndpoint)
  const authority = port === 443 ? host : `${host}:${port}`
  location.searchParams.set('client_id', provider.client)
  location.searchParams.set('redirect_uri', `https://${authority}/oauth2/idpresponse`)
  location.searchParams.set('response_type', 'code')
  location.searchParams.set('scope', provider.scope)
  return { answer: errorPage(302, [['Location', location.href]]) }
}

/** The name of a provider in `users`. */
export function issuerOf(config: Property, kind: 'cognito' | 'oidc'): string {
  return readProvider(config, kind).issuer
}

function readProvider(config: Property, kind: 'cognito' | 'oidc'): Provider {
  const scope = config.at('Scope')
  const onUnauthenticated = config.at('OnUnauthenticatedRequest')
  const common = {
    scope: scope.isPresent ? scope.text() : 'openid',
    onUnauthenticated: onUnauthenticated.isPresent
      ? onUnauthenticated.oneOf('allow', 'authenticate', 'deny')
      : 'authenticate',
  }
  if (kind === 'oidc') {
    const allowed = 'an https URL'
    const endpoint = config.at('AuthorizationEndpoint').text({ pattern: /^https:\/\//, allowed })
    return {
      issuer: config.at('Issuer').text(),
      client: config.at('ClientId').text(),
      authorizationEndpoint: endpoint,
      ...common,
    }
  }
  const arn = config.at('UserPoolArn').text({
    // Templates are often passed on with the account blotted out.
    pattern: /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[^:]*:userpool\/./,
    allowed: "a user pool's ARN",
  })
  const [, , , region = '', , pool = ''] = arn.split(':')
  const domain = config.at('UserPoolDomain').text()
  const host = domain.includes('.') ? domain : `${domain}.auth.${region}.amazoncognito.com`
  return {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${pool.replace('userpool/', '')}`,
    client: config.at('UserPoolClientId').text(),
    authorizationEndpoint: `https://${host}/oauth2/authorize`,
    ...common,
  }
}

// Null in `users` is somebody who is not signed in; nothing there at all is a mistake.
function readUser(
  user: Property,
  config: Property,
  issuer: string,
  known: readonly string[],
): SignedInUser | null {
  if (user.value === null) return null
  if (!user.isPresent) {
    const message = `signs users in at ${issuer}, which is not called here: give a user, or null, in users under this name${there(known)}`
    throw config.error('ALB_ERR_NO_STAND_IN', message)
  }
  user.at('claims').required().at('sub').text()
  if (user.at('accessToken').isPresent) user.at('accessToken').text()
  // Its claims have a sub and its token is a text; other claims may be anything.
  return user.value as SignedInUser
}
