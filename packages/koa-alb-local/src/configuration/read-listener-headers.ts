import { encodedChain, verifiedFields } from '../connections/client-certificate.ts'
import type { AddedHeaders } from '../invocation/event.ts'
import type { Attributes } from '../properties/attributes.ts'
import type { Listener } from '../rules/listener.ts'
import type { HeaderLine } from '../types.ts'

export type MutualTls = 'off' | 'passthrough' | 'verify'

const valueLimit = 1024
const responseHeaders: readonly (readonly [key: string, name: string])[] = [
  ['access_control_allow_origin', 'Access-Control-Allow-Origin'],
  ['access_control_allow_methods', 'Access-Control-Allow-Methods'],
  ['access_control_allow_headers', 'Access-Control-Allow-Headers'],
  ['access_control_allow_credentials', 'Access-Control-Allow-Credentials'],
  ['access_control_expose_headers', 'Access-Control-Expose-Headers'],
  ['access_control_max_age', 'Access-Control-Max-Age'],
  ['content_security_policy', 'Content-Security-Policy'],
  ['strict_transport_security', 'Strict-Transport-Security'],
  ['x_content_type_options', 'X-Content-Type-Options'],
  ['x_frame_options', 'X-Frame-Options'],
]
const certificateFields = ['_serial_number', '_issuer', '_subject', '_validity', '_leaf']

/**
 * What a listener's attributes change about response headers; undefined for nothing.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export function readResponseChange(attributes: Attributes): Listener['changeResponse'] {
  const set: HeaderLine[] = []
  for (const [key, name] of responseHeaders) {
    const property = attributes.at(`routing.http.response.${key}.header_value`)
    const pattern = /^[\t\x20-\x7e]*$/
    const allowed = 'a header value of visible ASCII characters'
    const value = property.isPresent ? property.text({ most: valueLimit, pattern, allowed }) : ''
    if (value !== '') set.push([name, value])
  }
  const server = attributes.at('routing.http.response.server.enabled')
  const keepsServer = !server.isPresent || server.boolean()
  if (set.length === 0 && keepsServer) return undefined
  const replaced = new Set(set.map(([name]) => name.toLowerCase()))
  return (lines) => [
    ...lines.filter(([name, value]) => {
      // Only the load balancer's own line goes; an app's stays.
      if (!keepsServer && name === 'Server' && value === 'awselb/2.0') return false
      return !replaced.has(name.toLowerCase())
    }),
    ...set,
  ]
}

/** The headers about the connection that requests are given; undefined for none. */
export function readAddedHeaders(
  attributes: Attributes,
  { addsTls, mutualTls }: { addsTls: boolean; mutualTls: MutualTls },
): Listener['addedHeaders'] {
  if (!addsTls && mutualTls === 'off') return undefined
  const nameOf = (field: string): string => {
    const property = attributes.at(`routing.http.request.${field}.header_name`)
    const renamed = property.isPresent ? property.text({ most: 40, pattern: /^[\w-]*$/ }) : ''
    return (renamed || field.replaceAll('_', '-')).toLowerCase()
  }
  const version = nameOf('x_amzn_tls_version')
  const cipherSuite = nameOf('x_amzn_tls_cipher_suite')
  const certificate = nameOf('x_amzn_mtls_clientcert')
  const fields = certificateFields.map(
    (field) => [field, nameOf(`x_amzn_mtls_clientcert${field}`)] as const,
  )
  return ({ connection: { tls } }): AddedHeaders => {
    const added = new Map<string, string | undefined>()
    if (addsTls) added.set(version, tls?.protocol).set(cipherSuite, tls?.cipher)
    const leaf = tls?.clientCertificate
    if (mutualTls === 'passthrough') added.set(certificate, leaf && encodedChain(leaf))
    if (mutualTls === 'verify' && leaf) {
      const values = verifiedFields(leaf)
      for (const [field, name] of fields) added.set(name, values.get(field))
    }
    return added
  }
}
