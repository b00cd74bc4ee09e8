import { certificateProblem, trustStoreProblem } from '../connections/certificate-problem.ts'
import type { Certificate, TlsSettings } from '../connections/https.ts'
import { Attributes } from '../properties/attributes.ts'
import { didYouMean, listed } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import type { MutualTls } from './read-listener-headers.ts'

export interface ListenerHead {
  readonly port: number
  readonly protocol: 'http' | 'https'
  readonly attributes: Attributes
  readonly mutualTls: MutualTls
}

const protocols = { HTTP: 'http', HTTPS: 'https' } as const

/** What a listener is, apart from its rules and certificates. */
export function readListenerHead(listener: Property): ListenerHead {
  const protocol = protocols[listener.at('Protocol').oneOf('HTTP', 'HTTPS')]
  const mode = listener.at('MutualAuthentication').at('Mode')
  const mutualTls = mode.isPresent ? mode.oneOf('off', 'passthrough', 'verify') : 'off'
  if (protocol === 'http' && mutualTls !== 'off') {
    throw mode.error('ALB_ERR_INVALID_PROPERTY', 'is for HTTPS listeners')
  }
  return {
    port: listener.at('Port').integer({ least: 1, most: 65_535 }),
    protocol,
    attributes: new Attributes(listener.at('ListenerAttributes')),
    mutualTls,
  }
}

/** What configures the TLS of listeners besides their own properties. */
export interface TlsContext {
  /** PEM by ARN. */
  readonly certificates: Property
  readonly trustStores: Property
  /** The lists of certificates that further resources add to this listener. */
  readonly added: readonly Property[]
  readonly isHttp2Enabled: boolean
}

/** @throws ConfigurationError when a certificate is missing or does not fit its key */
export function readTls(
  listener: Property,
  { mutualTls }: ListenerHead,
  { certificates, trustStores, added, isHttp2Enabled }: TlsContext,
): TlsSettings {
  const lists = [listener.at('Certificates').required(), ...added]
  const arns = lists.flatMap((list) => list.items()).map((item) => item.at('CertificateArn'))
  const found = arns.map((arn) => [arn.text(), readCertificate(arn, certificates)] as const)
  if (found.length === 0) {
    throw listener.at('Certificates').error('ALB_ERR_MISSING_PROPERTY', 'has no certificate')
  }
  const trustStore = listener.at('MutualAuthentication').at('TrustStoreArn')
  const policy = listener.at('SslPolicy')
  const isNewest = policy.isPresent && /-TLS13-1-3-/.test(policy.text())
  return {
    certificates: new Map(found),
    minVersion: isNewest ? 'TLSv1.3' : 'TLSv1.2',
    isHttp2Enabled,
    clientCertificates:
      mutualTls === 'verify'
        ? {
            mode: mutualTls,
            trustStore: readTrustStore(trustStore, trustStores),
            ignoresExpiry: readMutualFlags(listener.at('MutualAuthentication')),
          }
        : { mode: mutualTls },
  }
}

// Node advertises the names of a trust store always, which changes nothing for who is let in.
function readMutualFlags(mutual: Property): boolean {
  const advertise = mutual.at('AdvertiseTrustStoreCaNames')
  if (advertise.isPresent) advertise.oneOf('on', 'off')
  const expiry = mutual.at('IgnoreClientCertificateExpiry')
  return expiry.isPresent && expiry.boolean()
}

function readTrustStore(arn: Property, trustStores: Property): string {
  const store = referred(arn, trustStores, 'trustStores')
  const problem = trustStoreProblem(store.text())
  if (problem === undefined) return store.text()
  throw store.error('ALB_ERR_INVALID_PROPERTY', problem)
}

function readCertificate(arn: Property, certificates: Property): Certificate {
  const pair = referred(arn, certificates, 'certificates')
  const cert = pair.at('cert').text()
  const key = pair.at('key').text()
  const found = certificateProblem({ cert, key })
  if (found) throw pair.at(found.part).error('ALB_ERR_INVALID_PROPERTY', found.problem)
  return { cert, key }
}

function referred(reference: Property, resources: Property, where: string): Property {
  const found = resources.at(reference.text())
  if (found.isPresent) return found
  const names = resources.entries().map(([name]) => name)
  const near = didYouMean(reference.text(), names)
  const message = `is ${JSON.stringify(reference.value)}, which is not in ${where} (${listed(names)})${near}`
  throw reference.error('ALB_ERR_NO_STAND_IN', message)
}
