import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Certificate } from './https.ts'

/** What is wrong with which of the two files. */
export interface CertificateProblem {
  readonly part: 'cert' | 'key'
  /** Continues a sentence about the file. */
  readonly problem: string
}

/** Why TLS cannot be served with the pair; undefined when it can. */
export function certificateProblem({ cert, key }: Certificate): CertificateProblem | undefined {
  const certificate = parsed(() => new X509Certificate(cert))
  if (!certificate) return { part: 'cert', problem: notPem(cert, 'certificate') }
  const privateKey = readKey(key)
  if (typeof privateKey === 'string') return { part: 'key', problem: privateKey }
  if (!certificate.checkPrivateKey(privateKey)) {
    return { part: 'key', problem: 'is not the key of the certificate' }
  }
  return refusedByTls({ cert, key })
}

/** Why a trust store cannot be used; undefined when it can. */
export function trustStoreProblem(text: string): string | undefined {
  return parsed(() => new X509Certificate(text)) ? undefined : notPem(text, 'certificate')
}

/** Why identities cannot be signed with a key; undefined when they can. */
export function identityKeyProblem(text: string): string | undefined {
  const key = readKey(text)
  if (typeof key === 'string') return key
  const isRight = key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return isRight ? undefined : 'is no key of the curve P-256'
}

/** The key, or why it cannot be read. */
function readKey(text: string): KeyObject | string {
  if (/-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    return 'is encrypted; decrypt it: openssl pkey -in <this file> -out <another>'
  }
  return parsed(() => createPrivateKey(text)) ?? notPem(text, 'private key')
}

/** Why clients would not trust it at this time; undefined when they would. */
export function dateProblem({ cert }: Certificate, nowMs: number): CertificateProblem | undefined {
  const { validFrom, validTo } = new X509Certificate(cert)
  if (Date.parse(validTo) < nowMs) return { part: 'cert', problem: `expired on ${validTo}` }
  if (Date.parse(validFrom) > nowMs) {
    return { part: 'cert', problem: `is not valid before ${validFrom}` }
  }
  return undefined
}

function parsed<Value>(parse: () => Value): Value | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

function notPem(text: string, what: string): string {
  const [, found] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text) ?? []
  const kind = found === undefined ? ', perhaps DER or PKCS 12' : ` but ${found.toLowerCase()}`
  const isWhat = found?.toLowerCase().endsWith(what)
  return isWhat ? `has a ${what} that cannot be read` : `is no ${what} as PEM${kind}`
}

// Such as a key that is too short for any client.
function refusedByTls(pair: Certificate): CertificateProblem | undefined {
  try {
    createSecureContext(pair)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { part: 'cert', problem: `cannot be served: ${reason}` }
  }
}
