import { once } from 'node:events'
import { Agent } from 'node:https'
import { connect } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import type { Certificate } from '../../src/index.ts'
import { certificateFor, clientCertificate } from '../shared/certificates.ts'
import { type CommandLine, start } from '../shared/command-line.ts'
import { configuration, fixed, numbered } from '../shared/configuration-file.ts'
import { folderWith, writeIn } from '../shared/folder.ts'
import { connectHttp2, request2, sendTls } from '../shared/tls-clients.ts'

const manifest = { 'package.json': '{ "type": "module" }' }
const names = ['one.test', 'two.test']
const [old, renewed, other] = await Promise.all(
  ['one.test', 'one.test', 'two.test'].map(certificateFor),
)

async function writePair(folder: string, name: string, pair: Certificate | undefined) {
  await writeIn(folder, `${name}.pem`, pair?.cert ?? '')
  await writeIn(folder, `${name}.key`, pair?.key ?? '')
}

/** An HTTPS listener with a certificate of each name. */
function secure(parts: object = {}): string {
  const listeners = {
    Web: {
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: names.map((CertificateArn) => ({ CertificateArn })),
      DefaultActions: [fixed(204)],
      ...parts,
    },
  }
  const certificates = Object.fromEntries(
    names.map((name) => [name, { cert: `${name}.pem`, key: `${name}.key` }]),
  )
  const others = { certificates, trustStores: { clients: 'clients.pem' } }
  return configuration({ functions: {}, listeners, others })
}

async function serve(): Promise<{ folder: string; commandLine: CommandLine; url: string }> {
  const folder = await folderWith({ ...manifest, 'lambda.js': numbered, 'local.json': secure() })
  await writeIn(folder, 'clients.pem', old?.cert ?? '')
  await writePair(folder, 'one.test', old)
  await writePair(folder, 'two.test', other)
  const commandLine = start(['--config', 'local.json', '--port', '0', '--watch'], { folder })
  return { folder, commandLine, url: await commandLine.url() }
}

/** The serial number of what the server shows to a client that asks for this name. */
async function shown(url: string, servername: string): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), servername, rejectUnauthorized: false })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  return socket.getPeerCertificate().fingerprint256
}

it('shows a certificate that was renewed, and cuts no connection', async () => {
  const { folder, commandLine, url } = await serve()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const before = await sendTls(url, { agent })
  const session = connectHttp2(url)
  await request2(session, { ':path': '/' })
  await writePair(folder, 'one.test', renewed)
  await commandLine.line(/changed: certificate one\.test renewed$/)
  const kept = await sendTls(url, { agent })
  expect(kept.certificate.fingerprint256).toBe(before.certificate.fingerprint256)
  expect((await request2(session, { ':path': '/' })).headers[':status']).toBe(204)
  const after = await sendTls(url)
  expect(after.certificate.fingerprint256).not.toBe(before.certificate.fingerprint256)
  expect(await shown(url, 'one.test')).toBe(after.certificate.fingerprint256)
})

it('answers by the new rules on an HTTP/2 connection that is open', async () => {
  const { folder, commandLine, url } = await serve()
  const session = connectHttp2(url)
  expect((await request2(session, { ':path': '/' })).headers[':status']).toBe(204)
  await writeIn(folder, 'local.json', secure({ DefaultActions: [fixed(205)] }))
  await commandLine.line(/listener Web changed$/)
  expect((await request2(session, { ':path': '/' })).headers[':status']).toBe(205)
})

it('keeps the certificate that it signed itself', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': numbered, '.env': 'GREETING=hello' })
  const args = ['lambda.js', '--https', '--env-file', '.env', '--port', '0', '--watch']
  const commandLine = start(args, { folder })
  const url = await commandLine.url()
  const before = await shown(url, 'localhost')
  await writeIn(folder, '.env', 'GREETING=bye')
  await commandLine.line(/started anew$/)
  expect((await sendTls(url)).body).toMatch(/bye$/)
  expect(await shown(url, 'localhost')).toBe(before)
})

it('shows a certificate that was renewed by its name', async () => {
  const { folder, commandLine, url } = await serve()
  const [one, two] = [await shown(url, 'one.test'), await shown(url, 'two.test')]
  await writePair(folder, 'two.test', await certificateFor('two.test'))
  await commandLine.line(/changed: certificate two\.test renewed$/)
  expect(await shown(url, 'one.test')).toBe(one)
  expect(await shown(url, 'two.test')).not.toBe(two)
})

it('goes on with the last good pair while only one of its files is new', async () => {
  const { folder, commandLine, url } = await serve()
  const before = await shown(url, 'one.test')
  await writeIn(folder, 'one.test.pem', renewed?.cert ?? '')
  await commandLine.line(/one\.test\.key is not the key of the certificate/)
  expect(await shown(url, 'one.test')).toBe(before)
  await writeIn(folder, 'one.test.key', renewed?.key ?? '')
  await commandLine.line(/certificate one\.test renewed$/)
  expect(await shown(url, 'one.test')).not.toBe(before)
})

it('opens a listener again on its port when it asks for client certificates', async () => {
  const { folder, commandLine, url } = await serve()
  expect((await sendTls(url)).status).toBe(204)
  const mutual = { Mode: 'verify', TrustStoreArn: 'clients' }
  await writeIn(folder, 'local.json', secure({ MutualAuthentication: mutual }))
  await commandLine.line(/listener Web changed$/)
  await expect(sendTls(url)).rejects.toThrow()
  const tls = await clientCertificate(old as Certificate)
  expect((await sendTls(url, { tls })).status).toBe(204)
})

it('lets in the clients of a trust store that changed', async () => {
  const { folder, commandLine, url } = await serve()
  const mutual = { Mode: 'verify', TrustStoreArn: 'clients' }
  await writeIn(folder, 'local.json', secure({ MutualAuthentication: mutual }))
  await commandLine.line(/listener Web changed$/)
  const tls = await clientCertificate(other as Certificate)
  await expect(sendTls(url, { tls })).rejects.toThrow()
  await writeIn(folder, 'clients.pem', other?.cert ?? '')
  await commandLine.line(/trust store clients changed$/)
  expect((await sendTls(url, { tls })).status).toBe(204)
  expect((await sendTls(url, { tls: { ...tls, servername: 'two.test' } })).status).toBe(204)
})

it('speaks HTTPS on the port that spoke HTTP', async () => {
  const { folder, commandLine, url } = await serve()
  const plain = url.replace('https:', 'http:')
  await writeIn(folder, 'local.json', secure().replace('"HTTPS"', '"HTTP"'))
  await commandLine.line(/^Listening on http:/)
  expect((await fetch(plain)).status).toBe(204)
  await writeIn(folder, 'local.json', secure())
  await expect.poll(() => sendTls(url).then(({ status }) => status, String)).toBe(204)
})
