export default {
  name: 'Passport, sessions, CSRF',
  covers: 'a login that fails and one that works, flash messages, CSRF tokens, logout, rate limits',
  packages: [
    'passport',
    'passport-local',
    'express-session',
    'csrf-sync',
    'connect-flash',
    'express-rate-limit',
    'express',
  ],
  masks: [
    [/etag: .*/g, 'etag: <etag>'],
    [/connect\.sid=[^;]+/g, 'connect.sid=<id>'],
    [/"token":"\w+"/g, '"token":"<token>"'],
    [/(t|r|pk)=(\d+|:[\w+/=]+:)/g, '$1=<number>'],
  ],
  async visit({ ask }) {
    const { token } = JSON.parse((await ask(200, 'GET /token')).text)
    const headers = { 'x-csrf-token': token }
    await ask(403, 'POST /login', { form: { username: 'ada', password: 'right' } })
    await ask(302, 'POST /login', { headers, form: { username: 'ada', password: 'wrong' } })
    await ask(401, 'GET /me')
    await ask(302, 'POST /login', { headers, form: { username: 'ada', password: 'right' } })
    await ask(200, 'GET /me')
    const again = JSON.parse((await ask(200, 'GET /token')).text).token
    await ask(302, 'POST /logout', { headers: { 'x-csrf-token': again } })
    await ask(401, 'GET /me')
    await ask(403, 'POST /logout')
    await ask(429, 'POST /logout')
  },
}
