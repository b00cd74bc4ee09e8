import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { open, urlOf } from '../shared/application-load-balancer.ts'
import { certificateFor } from '../shared/certificates.ts'
import { httpsOptions } from '../shared/https-listener.ts'

/** What a server sends in a handshake of TLS 1.2, whose request for certificates is not encrypted. */
async function handshakeOf(url: string): Promise<string> {
  const sent: Buffer[] = []
  const between = createServer((socket) => {
    const upstream = connect(Number(new URL(url).port), '127.0.0.1')
    upstream.on('data', (bytes: Buffer) => sent.push(bytes))
    upstream
      .on('error', () => {})
      .pipe(socket.on('error', () => {}))
      .pipe(upstream)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void between.close())
  await once(between, 'listening')
  const { port } = Object(between.address())
  const client = connectTls({ port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
  client.on('error', () => {}).resume()
  // Not `once` of node:events, which rejects at the error that the refusal is.
  await new Promise((resolve) => client.once('close', resolve))
  return Buffer.concat(sent).toString('latin1')
}

it.each(['on', 'off'] as const)(
  'sends the names of the trust store, AdvertiseTrustStoreCaNames %s',
  async (AdvertiseTrustStoreCaNames) => {
    const authority = await certificateFor('authority.example')
    const verify = {
      Mode: 'verify',
      TrustStoreArn: 'arn:trust',
      AdvertiseTrustStoreCaNames,
    } as const
    const options = httpsOptions(
      { MutualAuthentication: verify },
      { trustStores: { 'arn:trust': authority.cert } },
    )
    expect(await handshakeOf(urlOf(await open(options)))).toContain('authority.example')
  },
)
