import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ApplicationLoadBalancerOptions,
  type Certificate,
  type ConnectionEntry,
  formatAccessLog,
  formatConnectionLog,
} from '../../src/index.ts'
import { open, optionsWith, send, urlOf } from '../shared/application-load-balancer.ts'
import { certificateFor, clientCertificate } from '../shared/certificates.ts'
import { certificate, httpsOptions } from '../shared/https-listener.ts'
import { sendTls } from '../shared/tls-clients.ts'

const established: ConnectionEntry = {
  establishedAt: new Date('2023-10-04T17:05:15.514Z'),
  clientAddress: '203.0.113.1',
  clientPort: 36_280,
  listenerPort: 443,
  tls: {
    protocol: 'TLSv1.2',
    cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
    handshakeMs: 4036,
    clientCertificate: {
      subject: 'CN=a.example,O=endEntity',
      validity: 'NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z',
      serialNumber: 'FEF257372D5C14D4',
    },
  },
  traceId: 'TID_3180a73013c8ca4bac2f731159d4b0fe',
  loadBalancer: 'app/my-loadbalancer/50dc6c495c0c9188',
  localAddress: '10.0.0.9',
}

describe('a line of the connection log', () => {
  it('has 15 fields', () => {
    expect(formatConnectionLog(established)).toBe(
      '2023-10-04T17:05:15.514000Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=a.example,O=endEntity" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Success TID_3180a73013c8ca4bac2f731159d4b0fe - app/my-loadbalancer/50dc6c495c0c9188 10.0.0.9',
    )
  })

  it('has - for all of TLS on an HTTP listener', () => {
    const { tls, ...plain } = established
    expect(formatConnectionLog(plain)).toContain(' 443 - - - "-" - - - TID_')
  })

  it('says why a connection failed', () => {
    const failed = { ...established, tls: { failure: 'ClientCertUntrusted' } } as const
    expect(formatConnectionLog(failed)).toContain(' - - - "-" - - Failed:ClientCertUntrusted TID_')
  })
})

describe('a connection on the log', () => {
  let client: Certificate
  let other: Certificate
  beforeAll(async () => {
    client = await clientCertificate(certificate)
    other = await certificateFor('b.example')
  })
  const MutualAuthentication = { Mode: 'verify', TrustStoreArn: 'arn:trust' } as const
  const rest = { trustStores: { 'arn:trust': certificate.cert } }

  /** The lines as they come. */
  async function logging(options: ApplicationLoadBalancerOptions) {
    const lines: string[] = []
    let tell = (): void => {}
    const first = new Promise<void>((resolve) => {
      tell = resolve
    })
    const logConnection = (entry: ConnectionEntry): void => {
      lines.push(formatConnectionLog(entry))
      tell()
    }
    return { url: urlOf(await open({ ...options, logConnection })), lines, first }
  }

  it('has the trace id of its requests', async () => {
    const requests: string[] = []
    const log: ApplicationLoadBalancerOptions['log'] = (entry) =>
      requests.push(formatAccessLog(entry))
    const { url, lines } = await logging(optionsWith({ log }))
    await send(url)
    expect(lines[0]).toMatch(
      /^\S+Z 127\.0\.0\.1 \d+ 80 - - - "-" - - - TID_\w{32} - app\/\S+ 127\.0\.0\.1$/,
    )
    const [traceId = 'none'] = /TID_\w+/.exec(lines[0] ?? '') ?? []
    expect(requests[0]).toContain(` ${traceId} `)
  })

  it('has protocol, cipher and time of its handshake', async () => {
    const { url, lines } = await logging(httpsOptions())
    await sendTls(url)
    expect(lines).toEqual([
      expect.stringMatching(/ 443 TLSv1\.3 TLS_\w+ \d+\.\d{3} "-" - - Success TID_\w{32} - app\//),
    ])
  })

  it('has the certificate of the client', async () => {
    const { url, lines } = await logging(httpsOptions({ MutualAuthentication }, rest))
    await sendTls(url, { tls: { ...client } })
    expect(lines[0]).toMatch(
      / "CN=client,O=A\\\\, B \\\\\+ C,C=US" NotBefore=\S+Z;NotAfter=\S+Z [0-9A-F]+ Success TID_/,
    )
  })

  it('says that a certificate is of no known authority', async () => {
    const { url, lines, first } = await logging(httpsOptions({ MutualAuthentication }, rest))
    await expect(sendTls(url, { tls: { ...other } })).rejects.toThrow()
    await first
    expect(lines).toEqual([expect.stringContaining(' Failed:ClientCertUntrusted TID_')])
  })

  it('says that a certificate has expired', async () => {
    const expired = await clientCertificate(certificate, new Date('2020-02-01'))
    const { url, lines, first } = await logging(httpsOptions({ MutualAuthentication }, rest))
    await expect(sendTls(url, { tls: { ...expired } })).rejects.toThrow()
    await first
    expect(lines).toEqual([expect.stringContaining(' Failed:ClientCertExpired TID_')])
  })

  it('says that what came is no TLS', async () => {
    const { url, lines, first } = await logging(httpsOptions())
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end('no TLS at all\r\n\r\n')
    await once(socket.resume(), 'close')
    await first
    expect(lines).toEqual([expect.stringContaining(' Failed:UnmappedConnectionError TID_')])
  })
})
