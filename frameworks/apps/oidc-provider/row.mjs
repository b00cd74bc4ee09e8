import { createHash } from 'node:crypto'

const verifier = 'v'.repeat(50)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const basic = `Basic ${Buffer.from('site:secret').toString('base64')}`
const redirect = 'https://site.example/back'

export default {
  name: 'oidc-provider',
  covers: 'the whole code flow: login, consent, code, tokens, userinfo, introspection, logout',
  packages: ['oidc-provider'],
  masks: [
    [/"(access_token|id_token|n|iat|exp|jti)":\s*("[^"]*"|\d+)/g, '"$1":"<$1>"'],
    [/(_session|_session\.sig|_interaction[^=]*|_interaction_resume[^=]*)=[^;]*/g, '$1=<value>'],
    [/\/(interaction|auth)\/[-\w]{20,}/g, '/$1/<id>'],
    [/(uid|cookie|jti)<\/strong>: (&#39;)?[-\w]+/g, '$1</strong>: <id>'],
    [/code=[-\w]+/g, 'code=<code>'],
    [/name="xsrf" value="\w+"/g, 'name="xsrf" value="<token>"'],
    [/nonce-[^']+|nonce="[^"]+"/g, '<nonce>'],
  ],
  async visit({ ask }) {
    await ask(200, 'GET /.well-known/openid-configuration')
    await ask(200, 'GET /jwks')
    const query = new URLSearchParams({
      client_id: 'site',
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'there',
    })
    const start = await ask(303, `GET /auth?${query}`)
    const login = pathOf(start)
    await ask(200, `GET ${login}`)
    const form = { prompt: 'login', login: 'ada', password: 'x' }
    const resumed = await ask(303, `POST ${login}`, { form })
    const consent = pathOf(await ask(303, `GET ${pathOf(resumed)}`))
    await ask(200, `GET ${consent}`)
    const agreed = await ask(303, `POST ${consent}`, { form: { prompt: 'consent' } })
    const back = await ask(303, `GET ${pathOf(agreed)}`)
    const code = new URL(back.header('location')).searchParams.get('code')
    const headers = { authorization: basic }
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirect }
    await ask(400, 'POST /token', { headers, form: { ...exchange, code_verifier: 'w'.repeat(50) } })
    const pair = await ask(200, 'POST /token', {
      headers,
      form: { ...exchange, code_verifier: verifier },
    })
    const token = JSON.parse(pair.text).access_token
    await ask(200, 'GET /me', { headers: { authorization: `Bearer ${token}` } })
    await ask(401, 'GET /me', { headers: { authorization: 'Bearer wrong' } })
    await ask(200, 'POST /token/introspection', { headers, form: { token } })
    await ask(200, 'GET /session/end')
  },
}

function pathOf(answer) {
  const { pathname, search } = new URL(answer.header('location'), 'http://app.example')
  return pathname + search
}
