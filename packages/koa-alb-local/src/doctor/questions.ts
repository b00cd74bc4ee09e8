import type { Question } from './checks/check.ts'

/** Requests that any handler has to bear, whatever its routes are. */
export function questionsFor(path: string): readonly Question[] {
  const ask = (about: string, rest: Partial<Question> = {}): Question => ({
    about,
    method: 'GET',
    path,
    ...rest,
  })
  const post = (about: string, type: string, body: Buffer): Question =>
    ask(about, { method: 'POST', headers: [['content-type', type]], body })
  return [
    ask(`GET ${path}`),
    ask(`HEAD ${path}`, { method: 'HEAD' }),
    ask(`OPTIONS ${path}`, { method: 'OPTIONS' }),
    ask('a health check', { isHealthCheck: true }),
    ask('a query with encoded characters', { query: 'a=%2B%26%3D&b=1+2' }),
    ask('a query with a malformed percent sign', { query: 'a=%zz&b=%' }),
    ask('a query with brackets and a key alone', { query: 'a[]=1&a[]=2&k' }),
    ask('a query with __proto__', { query: '__proto__=1&constructor=2' }),
    ask('a header __proto__', { headers: [['__proto__', '1']] }),
    ask('cookies', { headers: [['cookie', 'a=1; b=2']] }),
    ask('a compressed answer, if it likes', { headers: [['accept-encoding', 'gzip, br']] }),
    ask('an empty body', { method: 'POST' }),
    ask('an empty body that is said to be base64', { method: 'POST', emptyIsBase64: true }),
    post('a form', 'application/x-www-form-urlencoded', Buffer.from('a=1&b=%26')),
    post('JSON', 'application/json', Buffer.from('{"a":"ü"}')),
    ask('a body without content-length', {
      method: 'POST',
      headers: [['content-type', 'text/plain']],
      body: Buffer.from('no length'),
      hasNoLength: true,
    }),
    post('a binary body', 'application/octet-stream', Buffer.from([0, 255, 128, 254])),
    ask('a path that nobody serves', { path: `${path.replace(/\/$/, '')}/koa-alb-doctor-404` }),
    ask('a path with a malformed percent sign', { path: '/%zz' }),
  ]
}
