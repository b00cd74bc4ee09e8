import { generate } from 'selfsigned'
import type { Certificate } from '../../src/index.ts'

/** A self-signed certificate for one host name, which may sign others. */
export async function certificateFor(name: string): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  })
  return { cert: pems.cert, key: pems.private }
}

/** A certificate of a client, signed by an authority. */
export async function clientCertificate(
  authority: Certificate,
  lastDay?: Date,
): Promise<Certificate> {
  const subject = [
    { name: 'countryName', value: 'US' },
    { name: 'organizationName', value: 'A\\, B \\+ C' },
    { name: 'commonName', value: 'client' },
  ]
  const pems = await generate(subject, {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: authority,
    ...(lastDay && { notBeforeDate: new Date('2020-01-01'), notAfterDate: lastDay }),
  })
  return { cert: pems.cert, key: pems.private }
}
