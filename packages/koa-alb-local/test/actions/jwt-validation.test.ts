import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ActionProperties, KeySet, LogEntry } from '../../src/index.ts'
import { open, refusalOf, urlOf } from '../shared/application-load-balancer.ts'
import { behind } from '../shared/https-listener.ts'
import { sendTls } from '../shared/tls-clients.ts'

const endpoint = 'https://issuer.example/keys'
const gate: ActionProperties = {
  Type: 'jwt-validation',
  JwtValidationConfig: {
    JwksEndpoint: endpoint,
    Issuer: 'https://issuer.example',
    AdditionalClaims: [
      { Name: 'scope', Format: 'space-separated-values', Values: ['read', 'write'] },
      { Name: 'groups', Format: 'string-array', Values: ['staff'] },
      { Name: 'client', Format: 'single-string', Values: ['app'] },
    ],
  },
}
const claims = { scope: 'openid read', groups: ['guests', 'staff'], client: 'app' }

let keySet: KeySet
let sign: (payload: JWTPayload, lifetime?: string) => Promise<string>
let signByAnother: (payload: JWTPayload) => Promise<string>
beforeAll(async () => {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  keySet = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256' }] }
  const signer =
    (key: CryptoKey) =>
    (payload: JWTPayload, lifetime = '1h') =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(payload.iss ?? 'https://issuer.example')
        .setExpirationTime(lifetime)
        .sign(key)
  sign = signer(own.privateKey)
  signByAnother = signer(other.privateKey)
})

interface Outcome {
  readonly status: number
  readonly entry: LogEntry | undefined
  readonly body: string
}

async function request(authorization?: string): Promise<Outcome> {
  const entries: LogEntry[] = []
  const options = behind(gate, {
    keySets: { [endpoint]: keySet },
    log: (entry) => entries.push(entry),
  })
  const loadBalancer = await open(options)
  const headers = authorization === undefined ? {} : { authorization }
  const { status, body } = await sendTls(urlOf(loadBalancer), { headers })
  await loadBalancer.close()
  return { status, body, entry: entries[0] }
}

describe('jwt-validation', () => {
  it('lets a valid token pass and hands it on', async () => {
    const token = `Bearer ${await sign(claims)}`
    const { status, body, entry } = await request(token)
    expect(status).toBe(200)
    expect(JSON.parse(body).event.headers.authorization).toBe(token)
    expect(entry?.actions).toEqual(['jwt-validation', 'forward'])
  })

  it.each<[string, () => Promise<string | undefined>]>([
    ['JWTHeaderNotPresent', async () => undefined],
    ['JWTRequestFormatInvalid', async () => 'Basic YTpi'],
    ['JWTRequestFormatInvalid', async () => 'Bearer a.b.c'],
    ['JWTSignatureValidationError', async () => `Bearer ${await signByAnother(claims)}`],
    ['JWTClaimValueInvalid', () => bearer({ ...claims, iss: 'https://other.example' })],
    ['JWTClaimValueInvalid', async () => `Bearer ${await sign(claims, '-1h')}`],
    ['JWTClaimValueInvalid', () => bearer({ ...claims, nbf: 4_000_000_000 })],
    ['JWTClaimValueInvalid', () => bearer({ ...claims, iat: 4_000_000_000 })],
    ['JWTClaimFormatInvalid', () => bearer({ ...claims, iat: 'now' as never })],
    ['JWTClaimNotPresent', () => bearer({ ...claims, scope: undefined })],
    ['JWTClaimValueInvalid', () => bearer({ ...claims, scope: 'openid' })],
    ['JWTClaimFormatInvalid', () => bearer({ ...claims, groups: 'staff' })],
    ['JWTClaimValueInvalid', () => bearer({ ...claims, client: 'app other' })],
    ['JWTClaimFormatInvalid', () => bearer({ ...claims, client: ['app'] })],
  ])('answers 401 %s', async (reason, token) => {
    const { status, entry } = await request(await token())
    expect(status).toBe(401)
    expect(entry).toMatchObject({ errorReason: reason, actions: ['jwt-validation'] })
  })

  it('takes RS256 alone', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k2' })
      .setIssuer('https://issuer.example')
      .setExpirationTime('1h')
      .sign(privateKey)
    const options = behind(gate, {
      keySets: { [endpoint]: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k2' }] } },
    })
    const headers = { authorization: `Bearer ${token}` }
    expect((await sendTls(urlOf(await open(options)), { headers })).status).toBe(401)
  })

  it('counts what passed and what did not', async () => {
    const loadBalancer = await open(behind(gate, { keySets: { [endpoint]: keySet } }))
    const headers = { authorization: `Bearer ${await sign(claims)}` }
    await sendTls(urlOf(loadBalancer), { headers })
    await sendTls(urlOf(loadBalancer))
    await loadBalancer.close()
    expect(loadBalancer.metrics).toMatchObject({
      JWTValidationSuccessCount: 1,
      JWTValidationFailureCount: 1,
    })
  })

  it('is refused without a key set, since none is fetched', () => {
    expect(refusalOf(behind(gate, {}))).toEqual({
      code: 'ALB_ERR_NO_STAND_IN',
      message:
        'listeners.Web.DefaultActions[0].JwtValidationConfig.JwksEndpoint is "https://issuer.example/keys", which is not fetched here: give its keys in keySets under this name',
    })
  })

  it('is refused with a key set of more than 150 KB', () => {
    const keys = [{ ...keySet.keys[0], x5c: ['x'.repeat(153_600)] }]
    expect(refusalOf(behind(gate, { keySets: { [endpoint]: { keys } } })).message).toMatch(
      /has 15\d{4} bytes as JSON, limit 153600$/,
    )
  })

  it('is refused with more than 10 keys, or 10 claims', () => {
    const keys = Array.from({ length: 11 }, () => keySet.keys[0] ?? {})
    expect(refusalOf(behind(gate, { keySets: { [endpoint]: { keys } } })).message).toContain(
      'has 11 keys, limit 10',
    )
    const AdditionalClaims = Array.from({ length: 11 }, (_, index) => {
      return { Name: `c${index}`, Format: 'single-string' as const, Values: ['a'] }
    })
    const config = { JwksEndpoint: endpoint, Issuer: 'i', AdditionalClaims }
    const many: ActionProperties = { Type: 'jwt-validation', JwtValidationConfig: config }
    const refusal = refusalOf(behind(many, { keySets: { [endpoint]: keySet } }))
    expect(refusal.message).toContain('has 11 claims, limit 10')
  })
})

async function bearer(payload: JWTPayload): Promise<string> {
  return `Bearer ${await sign(payload)}`
}
