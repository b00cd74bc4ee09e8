export default {
  name: 'Better Auth',
  covers: 'signing up, in and out, sessions in cookies, a wrong password',
  packages: ['better-auth'],
  masks: [
    [/session_token=[^;]+/g, 'session_token=<token>'],
    [/"(id|userId|token|createdAt|updatedAt|expiresAt)":"[^"]+"/g, '"$1":"<$1>"'],
  ],
  async visit({ ask }) {
    const headers = { origin: 'http://app.example' }
    const person = { email: 'ada@site.example', password: 'long enough', name: 'Ada' }
    await ask(200, 'GET /api/auth/ok')
    await ask(200, 'POST /api/auth/sign-up/email', { headers, json: person })
    await ask(200, 'GET /api/auth/get-session')
    await ask(200, 'POST /api/auth/sign-out', { headers, json: { all: false } })
    await ask(200, 'GET /api/auth/get-session')
    await ask(401, 'POST /api/auth/sign-in/email', {
      headers,
      json: { ...person, password: 'wrong one' },
    })
    await ask(200, 'POST /api/auth/sign-in/email', { headers, json: person })
    await ask(403, 'POST /api/auth/sign-in/email', {
      headers: { origin: 'http://other.example' },
      json: person,
    })
    await ask(404, 'GET /api/auth/missing')
  },
}
