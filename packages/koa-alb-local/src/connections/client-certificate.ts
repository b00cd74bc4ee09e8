import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate } from 'node:tls'

/**
 * The client's certificates as `X-Amzn-Mtls-Clientcert` has them: PEM, leaf first, URL-encoded but
 * for `+`, `=` and `/`.
 */
export function encodedChain(leaf: DetailedPeerCertificate): string {
  const certificates: string[] = []
  let current: DetailedPeerCertificate | undefined = leaf
  while (current?.raw) {
    certificates.push(new X509Certificate(current.raw).toString())
    // A root is its own issuer.
    current = current.issuerCertificate === current ? undefined : current.issuerCertificate
  }
  return urlEncoded(certificates.join(''))
}

/** The headers of mTLS verify mode, by the part of their name that tells them apart. */
export function verifiedFields(leaf: DetailedPeerCertificate): ReadonlyMap<string, string> {
  const certificate = new X509Certificate(leaf.raw)
  return new Map([
    ['_serial_number', certificate.serialNumber],
    ['_issuer', distinguishedName(certificate.issuer)],
    ['_subject', distinguishedName(certificate.subject)],
    ['_validity', `NotBefore=${time(certificate.validFrom)};NotAfter=${time(certificate.validTo)}`],
    ['_leaf', urlEncoded(certificate.toString())],
  ])
}

// RFC 2253: the last part first, commas between. Node has one part a line, escaped already.
function distinguishedName(lines: string): string {
  return lines.split('\n').reverse().join(',')
}

function time(text: string): string {
  return new Date(text).toISOString().replace('.000Z', 'Z')
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replace(/%(2B|3D|2F)/g, (part) => decodeURIComponent(part))
}
