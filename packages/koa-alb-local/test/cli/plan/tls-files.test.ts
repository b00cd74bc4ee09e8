import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const dayMs = 86_400_000
// Whole days away from now, so that a slow machine changes nothing.
const now = Date.now()

async function pair(fromDays = -1, toDays = 30): Promise<{ cert: string; key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now + fromDays * dayMs),
    notAfterDate: new Date(now + toDays * dayMs),
  })
  return { cert, key }
}

const good = await pair()
const other = await pair()
const encrypted = createPrivateKey(good.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString()
const short = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 512 })
const { privateKey: otherCurve } = generateKeyPairSync('ec', {
  namedCurve: 'P-384',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

async function refusal(files: { cert: string; key: string }): Promise<string> {
  const folder = await folderWith({ 'lambda.mjs': '', 'c.pem': files.cert, 'k.pem': files.key })
  const command = start(['lambda.mjs', '--cert', 'c.pem', '--key', 'k.pem'], { folder })
  expect(await command.ended).toBe(1)
  return command.output()
}

describe('the files of --cert and --key are refused in a sentence', () => {
  it.each([
    ['of two pairs', { ...good, key: other.key }, 'k.pem is not the key of the certificate'],
    [
      'an encrypted key',
      { ...good, key: encrypted },
      'k.pem is encrypted; decrypt it: openssl pkey -in <this file> -out <another>',
    ],
    [
      'one for the other',
      { cert: good.key, key: good.cert },
      'c.pem is no certificate as PEM but private key',
    ],
    [
      'a certificate twice',
      { ...good, key: good.cert },
      'k.pem is no private key as PEM but certificate',
    ],
    [
      'another format',
      { ...good, cert: '0\x82\x01' },
      'c.pem is no certificate as PEM, perhaps DER or PKCS 12',
    ],
    [
      'a broken one',
      { ...good, cert: good.cert.replace(/\n\w{8}/, '\n') },
      'c.pem has a certificate that cannot be read',
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await refusal(files)).toBe(expected)
  })

  it('expired', async () => {
    expect(await refusal(await pair(-3, -2))).toMatch(/^c\.pem expired on \w{3} .* GMT$/)
  })

  it('not valid yet', async () => {
    expect(await refusal(await pair(2, 3))).toMatch(/^c\.pem is not valid before \w{3} .* GMT$/)
  })

  it('a key that is too short', async () => {
    expect(await refusal({ cert: short.cert, key: short.private })).toMatch(
      /^c\.pem cannot be served: .*key too small$/,
    )
  })
})

it.each([
  ['something else', 'junk', 'identityKey is no private key as PEM, perhaps DER or PKCS 12'],
  ['a key of another curve', otherCurve, 'identityKey is no key of the curve P-256'],
])('an identity key that is %s is refused in a sentence', async (_name, key, expected) => {
  const DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: 200 } }]
  const listeners = { Web: { Port: 80, Protocol: 'HTTP', DefaultActions } }
  const config = JSON.stringify({ listeners, identityKey: 'key.pem' })
  const folder = await folderWith({ 'local.json': config, 'key.pem': key })
  const command = start(['--config', 'local.json'], { folder })
  expect(await command.ended).toBe(1)
  expect(command.output()).toBe(`local.json: ${expected}`)
})
