import { Agent } from 'node:https'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type {
  AlbEvent,
  ApplicationLoadBalancerOptions,
  Certificate,
  LogEntry,
} from '../../src/index.ts'
import { open, urlOf } from '../shared/application-load-balancer.ts'
import { certificateFor, clientCertificate } from '../shared/certificates.ts'
import { certificate, httpsOptions } from '../shared/https-listener.ts'
import { connectHttp2, request2, sendTls } from '../shared/tls-clients.ts'

let other: Certificate
let client: Certificate
beforeAll(async () => {
  other = await certificateFor('b.example')
  client = await clientCertificate(certificate)
})

function options(listener: object = {}, rest: Partial<ApplicationLoadBalancerOptions> = {}) {
  return httpsOptions(listener, {
    listenerCertificates: {
      More: { ListenerArn: 'Web', Certificates: [{ CertificateArn: 'arn:b' }] },
    },
    certificates: { 'arn:a': certificate, 'arn:b': other },
    ...rest,
  })
}

const attribute = (Key: string, Value: string) => ({ LoadBalancerAttributes: [{ Key, Value }] })
const eventOf = (reply: { body: string }): AlbEvent => JSON.parse(reply.body).event

describe('an HTTPS listener', () => {
  it('tells the function so', async () => {
    const reply = await sendTls(urlOf(await open(options())), { headers: { host: 'A.example:1' } })
    expect(eventOf(reply).headers).toMatchObject({
      host: 'a.example',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    })
  })

  it.each([
    ['b.example', 'b.example'],
    ['a.example', 'a.example'],
    ['other.example', 'a.example'],
    ['', 'a.example'],
  ])('shows a client that asks for "%s" the certificate of %s', async (servername, name) => {
    const { certificate } = await sendTls(urlOf(await open(options())), { tls: { servername } })
    expect(certificate.subject.CN).toBe(name)
  })

  it('shows TLS, domain and certificate on the log', async () => {
    const entries: LogEntry[] = []
    const loadBalancer = await open(options({}, { log: (entry) => entries.push(entry) }))
    await sendTls(urlOf(loadBalancer), { tls: { servername: 'b.example' } })
    await loadBalancer.close()
    expect(entries).toMatchObject([
      {
        type: 'https',
        tls: {
          cipher: 'TLS_AES_256_GCM_SHA384',
          protocol: 'TLSv1.3',
          serverName: 'b.example',
          certificateArn: 'arn:b',
        },
      },
    ])
  })

  it('takes TLS 1.2 by default and not with a policy for 1.3', async () => {
    const tls = { maxVersion: 'TLSv1.2' } as const
    expect((await sendTls(urlOf(await open(options())), { tls })).status).toBe(200)
    const strict = { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }
    await expect(sendTls(urlOf(await open(options(strict))), { tls })).rejects.toThrow(/alert/)
  })

  it('counts handshakes that fail', async () => {
    const loadBalancer = await open(options())
    await sendTls(urlOf(loadBalancer), {
      tls: { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    }).catch(() => {})
    expect(loadBalancer.metrics).toHaveProperty('ClientTLSNegotiationErrorCount', 1)
  })
})

describe('close', () => {
  it('does not wait for connections between two requests', async () => {
    const loadBalancer = await open(options())
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    await sendTls(urlOf(loadBalancer), { agent })
    await request2(connectHttp2(urlOf(loadBalancer)), { ':path': '/' })
    await loadBalancer.close()
    expect(loadBalancer.listeners.get('Web')?.server.listening).toBe(false)
  })
})

describe('TLS headers', () => {
  const on = attribute('routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'true')

  it('are absent by default', async () => {
    const { headers } = eventOf(await sendTls(urlOf(await open(options()))))
    expect(headers).not.toHaveProperty('x-amzn-tls-version')
  })

  it('name version and cipher by attribute, whatever the client says', async () => {
    const loadBalancer = await open(options({}, { loadBalancer: on }))
    const reply = await sendTls(urlOf(loadBalancer), {
      headers: { 'x-amzn-tls-version': 'forged' },
    })
    expect(eventOf(reply).headers).toMatchObject({
      'x-amzn-tls-version': 'TLSv1.3',
      'x-amzn-tls-cipher-suite': 'TLS_AES_256_GCM_SHA384',
    })
  })

  it('have other names by attribute of the listener', async () => {
    const renamed = {
      ListenerAttributes: [
        { Key: 'routing.http.request.x_amzn_tls_version.header_name', Value: 'X-Tls' },
      ],
    }
    const loadBalancer = await open(options(renamed, { loadBalancer: on }))
    const { headers } = eventOf(await sendTls(urlOf(loadBalancer)))
    expect(headers).toHaveProperty('x-tls', 'TLSv1.3')
    expect(headers).not.toHaveProperty('x-amzn-tls-version')
  })
})

describe('mTLS passthrough', () => {
  const passthrough = { MutualAuthentication: { Mode: 'passthrough' } }
  const name = 'x-amzn-mtls-clientcert'

  it('hands the certificate on as URL-encoded PEM with + = / left as they are', async () => {
    const reply = await sendTls(urlOf(await open(options(passthrough))), { tls: { ...client } })
    const value = eventOf(reply).headers?.[name] ?? ''
    expect(value).toMatch(
      /^-----BEGIN%20CERTIFICATE-----%0A[A-Za-z0-9+/=%]+-----END%20CERTIFICATE-----%0A/,
    )
    expect(decodeURIComponent(value).replace(/\s/g, '')).toContain(client.cert.replace(/\s/g, ''))
  })

  it('takes clients without one, and nobody’s word for it', async () => {
    const headers = { [name]: 'forged' }
    const reply = await sendTls(urlOf(await open(options(passthrough))), { headers })
    expect(eventOf(reply).headers).not.toHaveProperty(name)
  })
})

describe('mTLS verify', () => {
  const verify = { MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'arn:trust' } } as const
  const verifying = () => options(verify, { trustStores: { 'arn:trust': certificate.cert } })

  it('hands on what the certificate says', async () => {
    const reply = await sendTls(urlOf(await open(verifying())), { tls: { ...client } })
    expect(eventOf(reply).headers).toMatchObject({
      'x-amzn-mtls-clientcert-serial-number': expect.stringMatching(/^[0-9A-F]+$/),
      'x-amzn-mtls-clientcert-issuer': 'CN=a.example',
      'x-amzn-mtls-clientcert-subject': 'CN=client,O=A\\, B \\+ C,C=US',
      'x-amzn-mtls-clientcert-validity': expect.stringMatching(
        /^NotBefore=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;NotAfter=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      ),
      'x-amzn-mtls-clientcert-leaf': expect.stringMatching(/^-----BEGIN%20CERTIFICATE-----%0A/),
    })
  })

  it.each(['a.example', 'other.example'])('trusts clients that ask for %s', async (servername) => {
    const reply = await sendTls(urlOf(await open(verifying())), { tls: { ...client, servername } })
    expect(reply.status).toBe(200)
  })

  it('has other names by attribute of the listener', async () => {
    const Key = 'routing.http.request.x_amzn_mtls_clientcert_subject.header_name'
    const renamed = { ...verify, ListenerAttributes: [{ Key, Value: 'X-Subject' }] }
    const loadBalancer = await open(
      options(renamed, { trustStores: { 'arn:trust': certificate.cert } }),
    )
    const { headers } = eventOf(await sendTls(urlOf(loadBalancer), { tls: { ...client } }))
    expect(headers).toHaveProperty('x-subject', 'CN=client,O=A\\, B \\+ C,C=US')
    expect(headers).not.toHaveProperty('x-amzn-mtls-clientcert-subject')
  })

  it('refuses clients without a certificate, or with one of another authority', async () => {
    const url = urlOf(await open(verifying()))
    await expect(sendTls(url)).rejects.toThrow()
    await expect(sendTls(url, { tls: { ...other } })).rejects.toThrow()
  })

  it('lets an expired certificate pass with IgnoreClientCertificateExpiry alone', async () => {
    const expired = await clientCertificate(certificate, new Date('2020-02-01'))
    const lenient = { ...verify.MutualAuthentication, IgnoreClientCertificateExpiry: true }
    const rest = { trustStores: { 'arn:trust': certificate.cert } }
    const url = urlOf(await open(options({ MutualAuthentication: lenient }, rest)))
    const reply = await sendTls(url, { tls: { ...expired } })
    expect(eventOf(reply).headers).toHaveProperty('x-amzn-mtls-clientcert-subject')
    await expect(sendTls(url, { tls: { ...other } })).rejects.toThrow()
    await expect(sendTls(url)).rejects.toThrow()
    const strict = urlOf(await open(verifying()))
    await expect(sendTls(strict, { tls: { ...expired } })).rejects.toThrow()
  })
})
