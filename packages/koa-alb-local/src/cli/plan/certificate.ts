import { certificateProblem, dateProblem } from '../../connections/certificate-problem.ts'
import type { Certificate } from '../../connections/https.ts'
import { readNoted } from '../../files/noted-files.ts'
import type { Property } from '../../properties/property.ts'
import { machineTimeMs } from '../../time/clock.ts'
import { StartError } from '../terminal/start-error.ts'

const selfSigned = new Map<string, Promise<Certificate>>()

/**
 * A certificate for this machine, signed by itself; for the same name always the same one, so that what a
 * browser was told of it holds.
 */
export function selfSignedCertificate(name: string): Promise<Certificate> {
  const known = selfSigned.get(name) ?? newCertificate()
  selfSigned.set(name, known)
  return known
}

async function newCertificate(): Promise<Certificate> {
  const { generate } = await import('selfsigned')
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: '*.localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { cert, key }
}

/** @throws StartError when a file cannot be read, or TLS not served with the two */
export async function readCertificate(files: { cert: string; key: string }): Promise<Certificate> {
  const [cert, key] = await Promise.all([readPem(files.cert), readPem(files.key)])
  const pair = { cert, key }
  const found = certificateProblem(pair) ?? dateProblem(pair, machineTimeMs())
  if (found) throw new StartError(`${files[found.part]} ${found.problem}`)
  return pair
}

export async function readPem(file: string): Promise<string> {
  try {
    return await readNoted(file)
  } catch (error) {
    throw new StartError(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** Adds a certificate for each name that a listener gives and nobody else has. */
export async function addSelfSigned(
  certificates: Record<string, Certificate>,
  root: Property,
): Promise<Record<string, Certificate>> {
  const resources = ['listeners', 'listenerCertificates'].flatMap((name) => root.at(name).entries())
  const names = resources.flatMap(([, resource]) =>
    resource
      .at('Certificates')
      .items()
      .map((item) => item.at('CertificateArn').text()),
  )
  for (const name of names) certificates[name] ??= await selfSignedCertificate(name)
  return certificates
}
