import type { JSONWebKeySet, JWTPayload } from 'jose'
import { type ErrorReason, Refusal } from '../answer/refusal.ts'
import { there } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import type { Gate, Routable } from '../rules/rule.ts'
import { programTimeMs } from '../time/clock.ts'

/** Public keys as a JWKS document has them, each with `kty`, `kid` and the numbers of its kind. */
export interface KeySet {
  keys: Record<string, unknown>[]
}

interface Claim {
  readonly name: string
  readonly format: 'single-string' | 'space-separated-values' | 'string-array'
  readonly values: readonly string[]
}

const keyLimit = 10
/** 150 KB. */
const keySetLimitBytes = 153_600
const claimLimit = 10

/** A gate that lets requests with a valid token of the issuer pass. */
export function readJwtValidation(config: Property, keySets: Property): Gate {
  const endpoint = config.at('JwksEndpoint').text()
  const issuer = config.at('Issuer').text()
  const claims = readClaims(config.at('AdditionalClaims'))
  const known = keySets.entries().map(([name]) => name)
  const keySet = readKeySet(keySets.at(endpoint), config.at('JwksEndpoint'), known)
  // Loaded with the first request: most configurations have no tokens.
  let verifying: Promise<Verify> | undefined
  return {
    name: 'jwt-validation',
    async pass(request) {
      const token = bearerToken(request)
      verifying ??= createVerify(keySet, issuer)
      const payload = await (await verifying)(token)
      for (const claim of claims) checkClaim(payload, claim)
      return { added: new Map() }
    },
  }
}

type Verify = (token: string) => Promise<JWTPayload>

async function createVerify(keySet: JSONWebKeySet, issuer: string): Promise<Verify> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose')
  const getKey = createLocalJWKSet(keySet)
  const options = { issuer, algorithms: ['RS256'], requiredClaims: ['iss', 'exp'] }
  const reasonOf = (error: unknown): ErrorReason => {
    if (error instanceof errors.JWTExpired) return 'JWTClaimValueInvalid'
    if (error instanceof errors.JWTClaimValidationFailed) {
      if (error.reason === 'missing') return 'JWTClaimNotPresent'
      return error.reason === 'invalid' ? 'JWTClaimFormatInvalid' : 'JWTClaimValueInvalid'
    }
    const isFormat = error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid
    return isFormat ? 'JWTRequestFormatInvalid' : 'JWTSignatureValidationError'
  }
  return async (token) => {
    const { payload } = await jwtVerify(token, getKey, options).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new Refusal(401, `the token is not valid: ${message}`, { errorReason: reasonOf(cause) })
    })
    // jose compares `iat` only when a token has an age to keep.
    if (payload.iat === undefined || payload.iat <= programTimeMs() / 1000) return payload
    throw unauthorized('the token has been issued in the future', 'JWTClaimValueInvalid')
  }
}

function bearerToken({ head }: Routable): string {
  const value = head.values.get('authorization')?.[0]
  if (!value) throw unauthorized('the request has no Authorization header', 'JWTHeaderNotPresent')
  const token = /^Bearer +(\S+)$/i.exec(value)?.[1]
  if (token) return token
  throw unauthorized('the Authorization header is no bearer token', 'JWTRequestFormatInvalid')
}

function checkClaim(payload: JWTPayload, { name, format, values }: Claim): void {
  const found = payload[name]
  if (found === undefined) throw unauthorized(`the token has no ${name}`, 'JWTClaimNotPresent')
  const texts = format === 'string-array' ? found : textsOf(found, format)
  if (!Array.isArray(texts)) {
    throw unauthorized(`the token's ${name} is no ${format}`, 'JWTClaimFormatInvalid')
  }
  if (texts.some((text) => values.includes(text))) return
  throw unauthorized(`the token's ${name} has none of the values`, 'JWTClaimValueInvalid')
}

function textsOf(found: unknown, format: Claim['format']): string[] | undefined {
  if (typeof found !== 'string') return undefined
  return format === 'single-string' ? [found] : found.split(' ')
}

function unauthorized(message: string, errorReason: ErrorReason): Refusal {
  return new Refusal(401, message, { errorReason })
}

function readClaims(list: Property): Claim[] {
  const claims = list.items().map((item) => ({
    name: item.at('Name').text(),
    format: item.at('Format').oneOf('single-string', 'space-separated-values', 'string-array'),
    values: item
      .at('Values')
      .items()
      .map((value) => value.text()),
  }))
  if (claims.length <= claimLimit) return claims
  throw list.error('ALB_ERR_LIMIT_EXCEEDED', `has ${claims.length} claims, limit ${claimLimit}`)
}

function readKeySet(
  keySet: Property,
  reference: Property,
  known: readonly string[],
): JSONWebKeySet {
  if (!keySet.isPresent) {
    const message = `is ${JSON.stringify(reference.value)}, which is not fetched here: give its keys in keySets under this name${there(known)}`
    throw reference.error('ALB_ERR_NO_STAND_IN', message)
  }
  const keys = keySet.at('keys').required().items()
  if (keys.length > keyLimit) {
    throw keySet.error('ALB_ERR_LIMIT_EXCEEDED', `has ${keys.length} keys, limit ${keyLimit}`)
  }
  const bytes = Buffer.byteLength(JSON.stringify(keySet.value))
  if (bytes > keySetLimitBytes) {
    const message = `has ${bytes} bytes as JSON, limit ${keySetLimitBytes}`
    throw keySet.error('ALB_ERR_LIMIT_EXCEEDED', message)
  }
  for (const key of keys) key.at('kty').text()
  // Each key is an object with a kty; jose checks the rest when it imports the one it needs.
  return keySet.value as JSONWebKeySet
}
