import { generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'key', use: 'sig', alg: 'RS256' }

export const provider = new Provider('http://app.example', {
  clients: [
    {
      client_id: 'site',
      client_secret: 'secret',
      redirect_uris: ['https://site.example/back'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ['key'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, introspection: { enabled: true } },
})
export const listen = (port) => provider.listen(port, '127.0.0.1')
