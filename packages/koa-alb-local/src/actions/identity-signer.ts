import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
} from 'node:crypto'
import { programTimeMs } from '../time/clock.ts'

/** Signs claims about users as a load balancer does. */
export interface IdentitySigner {
  /** As a load balancer serves it at `public-keys.auth.elb.<region>.amazonaws.com/<keyId>`. */
  readonly publicKey: string
  readonly keyId: string
  /** The value of `x-amzn-oidc-data`. */
  sign(claims: object, about: { readonly issuer: string; readonly client: string }): string
}

const lifetimeSeconds = 120

/** @param signer the ARN of the load balancer */
export function createIdentitySigner(signer: string, privateKeyPem?: string): IdentitySigner {
  const privateKey =
    privateKeyPem === undefined
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : createPrivateKey(privateKeyPem)
  const keyId = randomUUID()
  return {
    keyId,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    sign(claims, { issuer, client }) {
      const exp = Math.floor(programTimeMs() / 1000) + lifetimeSeconds
      const header = { typ: 'JWT', kid: keyId, alg: 'ES256', iss: issuer, client, signer, exp }
      const input = `${encoded(JSON.stringify(header))}.${encoded(JSON.stringify({ ...claims, exp, iss: issuer }))}`
      const signature = sign('sha256', Buffer.from(input), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      })
      return `${input}.${encoded(signature)}`
    },
  }
}

// With padding, unlike every other JWT: strict libraries refuse it from a real one, too.
function encoded(bytes: string | Buffer): string {
  return Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}
