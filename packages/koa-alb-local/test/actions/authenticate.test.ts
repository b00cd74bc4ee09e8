import { generateKeyPairSync } from 'node:crypto'
import { AlbJwtVerifier } from 'aws-jwt-verify'
import { AlbJwksCache } from 'aws-jwt-verify/alb-cache'
import { describe, expect, it } from 'vitest'
import type {
  ActionProperties,
  ApplicationLoadBalancer,
  ApplicationLoadBalancerOptions,
} from '../../src/index.ts'
import { open, refusalOf, urlOf } from '../shared/application-load-balancer.ts'
import { behind } from '../shared/https-listener.ts'
import { sendTls, type TlsReply } from '../shared/tls-clients.ts'

const issuer = 'https://idp.example'
const oidc = (rest: object = {}): ActionProperties => ({
  Type: 'authenticate-oidc',
  AuthenticateOidcConfig: {
    Issuer: issuer,
    AuthorizationEndpoint: 'https://idp.example/authorize',
    ClientId: 'client-1',
    ...rest,
  },
})
const cognito: ActionProperties = {
  Type: 'authenticate-cognito',
  AuthenticateCognitoConfig: {
    UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc',
    UserPoolClientId: 'client-2',
    UserPoolDomain: 'my-domain',
  },
}
const ada = {
  claims: { sub: 'ada', email: 'ada@example.com', name: 'Ada Ö' },
  accessToken: 'token-1',
}

async function signIn(
  action: ActionProperties,
  users: ApplicationLoadBalancerOptions['users'] = { [issuer]: ada },
  rest: Partial<ApplicationLoadBalancerOptions> = {},
): Promise<{ loadBalancer: ApplicationLoadBalancer; reply: TlsReply }> {
  const loadBalancer = await open(behind(action, { users, ...rest }))
  const headers = { host: 'a.example', 'x-amzn-oidc-identity': 'forged' }
  return { loadBalancer, reply: await sendTls(urlOf(loadBalancer), { headers }) }
}

const headersIn = ({ body }: TlsReply): Record<string, string> => JSON.parse(body).event.headers

describe('a user that is signed in', () => {
  it('shows in three headers', async () => {
    const { reply } = await signIn(oidc())
    expect(headersIn(reply)).toMatchObject({
      'x-amzn-oidc-accesstoken': 'token-1',
      'x-amzn-oidc-data': expect.stringMatching(/^[\w-]+={0,2}\.[\w-]+={0,2}\.[\w-]+={0,2}$/),
      'x-amzn-oidc-identity': 'ada',
    })
  })

  it('has claims with the padding that real ones have', async () => {
    const { reply } = await signIn(oidc())
    const parts = headersIn(reply)['x-amzn-oidc-data']?.split('.') ?? []
    expect(parts.map((part) => part.length % 4)).toEqual([0, 0, 0])
  })

  it.each([
    ['authenticate-oidc', oidc(), issuer, 'client-1'],
    [
      'authenticate-cognito',
      cognito,
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc',
      'client-2',
    ],
  ])('by %s is accepted by aws-jwt-verify', async (_, action, from, clientId) => {
    const { loadBalancer, reply } = await signIn(action, { [from]: ada })
    const fetched: string[] = []
    const { publicKey, keyId } = loadBalancer.identityKey
    // AWS serves the keys at a fixed address; nothing else of the verifier is replaced.
    const fetcher = {
      async fetch(uri: string) {
        fetched.push(uri)
        return new TextEncoder().encode(publicKey).buffer
      },
    }
    const verifier = AlbJwtVerifier.create(
      { albArn: loadBalancer.arn, issuer: from, clientId },
      { jwksCache: new AlbJwksCache({ fetcher }) },
    )
    const payload = await verifier.verify(headersIn(reply)['x-amzn-oidc-data'] ?? '')
    expect(payload).toMatchObject({
      sub: 'ada',
      email: 'ada@example.com',
      name: 'Ada Ö',
      iss: from,
    })
    expect(fetched).toEqual([`https://public-keys.auth.elb.us-east-1.amazonaws.com/${keyId}`])
  })

  it('may be signed with a key of yours', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const { loadBalancer } = await signIn(oidc(), undefined, { identityKey: privateKey })
    expect(loadBalancer.identityKey.publicKey).toBe(publicKey)
  })
})

it('takes a user pool whose account is blotted out', async () => {
  const UserPoolArn = 'arn:aws:cognito-idp:eu-west-1:xxxx:userpool/eu-west-1_abc'
  const AuthenticateCognitoConfig = {
    UserPoolArn,
    UserPoolClientId: 'client-2',
    UserPoolDomain: 'my-domain',
  }
  const users = { 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc': ada }
  const { reply } = await signIn({ ...cognito, AuthenticateCognitoConfig }, users)
  expect(headersIn(reply)['x-amzn-oidc-identity']).toBe('ada')
})

describe('metrics of sign-in', () => {
  it('count those who passed', async () => {
    const { loadBalancer } = await signIn(oidc())
    await loadBalancer.close()
    expect(loadBalancer.metrics).toHaveProperty('ELBAuthSuccess', 1)
  })
})

describe('a user that is not signed in', () => {
  const nobody = { [issuer]: null }

  it('is sent to the provider by default', async () => {
    const { reply } = await signIn(oidc({ Scope: 'openid email' }), nobody)
    expect(reply).toMatchObject({
      status: 302,
      headers: {
        location:
          'https://idp.example/authorize?client_id=client-1&redirect_uri=https%3A%2F%2Fa.example%2Foauth2%2Fidpresponse&response_type=code&scope=openid+email',
      },
    })
  })

  it('is answered with 401 by deny', async () => {
    const { loadBalancer, reply } = await signIn(oidc({ OnUnauthenticatedRequest: 'deny' }), nobody)
    expect(reply.status).toBe(401)
    await loadBalancer.close()
    expect(loadBalancer.metrics).toHaveProperty('ELBAuthFailure', 1)
  })

  it('passes by allow, without identity headers', async () => {
    const { reply } = await signIn(oidc({ OnUnauthenticatedRequest: 'allow' }), nobody)
    const headers = headersIn(reply)
    expect(headers).not.toHaveProperty('x-amzn-oidc-data')
    expect(headers).not.toHaveProperty('x-amzn-oidc-identity')
  })
})

describe('a sign-in without a stand-in', () => {
  it('is refused when the load balancer is created', () => {
    expect(refusalOf(behind(oidc(), {}))).toEqual({
      code: 'ALB_ERR_NO_STAND_IN',
      message:
        'listeners.Web.DefaultActions[0].AuthenticateOidcConfig signs users in at https://idp.example, which is not called here: give a user, or null, in users under this name',
    })
  })

  it('is refused when its user has no sub', () => {
    const users = JSON.parse('{ "https://idp.example": { "claims": {} } }')
    expect(refusalOf(behind(oidc(), { users })).message).toBe(
      'users.https://idp.example.claims.sub is missing',
    )
  })
})
