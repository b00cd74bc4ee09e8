import { expect, it } from 'vitest'
import { eventThrough, open, send, urlOf } from '../shared/application-load-balancer.ts'
import { behind, httpsOptions } from '../shared/https-listener.ts'

it('lets an HTTPS listener speak plain HTTP, and functions see HTTPS', async () => {
  const options = httpsOptions({ Certificates: [] }, { tls: false })
  expect(
    (await eventThrough(options, { headers: { host: 'a.example:3001' } })).headers,
  ).toMatchObject({
    host: 'a.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
  })
})

it('needs no trust store, and has no client certificate', async () => {
  const options = httpsOptions(
    { MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'arn:none' } },
    { tls: false },
  )
  const { headers } = await eventThrough(options)
  expect(Object.keys(headers ?? {}).filter((name) => name.includes('mtls'))).toEqual([])
})

it('signs users in without TLS', async () => {
  const gate = {
    Type: 'authenticate-oidc' as const,
    AuthenticateOidcConfig: {
      Issuer: 'https://issuer.example',
      AuthorizationEndpoint: 'https://issuer.example/authorize',
      ClientId: 'shop',
    },
  }
  const users = { 'https://issuer.example': { claims: { sub: 'ada' }, accessToken: 'token' } }
  const loadBalancer = await open(behind(gate, { users, tls: false }))
  const { event } = JSON.parse((await send(urlOf(loadBalancer))).body)
  expect(event.headers['x-amzn-oidc-identity']).toBe('ada')
})
