// The routes of examples/koa, as weights and requests. A POST to /api/parts that succeeds is left
// out, as the example keeps every part it is given.
const json = { 'content-type': 'application/json' }
const session = 'session=eyJuYW1lIjoiYWRhIn0='

export const routes = [
  [20, { path: '/api/parts' }],
  [10, { path: '/api/parts', query: { q: 'f%C3%BCr' } }],
  [10, { path: '/api/parts/2' }],
  [5, { path: '/api/parts/99' }],
  [5, { path: '/api/parts', method: 'POST', headers: json, body: '{"name":""}' }],
  [5, { path: '/api/parts', method: 'POST', headers: json, body: '{' }],
  [5, { path: '/api/parts', method: 'HEAD' }],
  [5, { path: '/api/login', method: 'POST', headers: json, body: credentials('engine') }],
  [2, { path: '/api/login', method: 'POST', headers: json, body: credentials('wrong') }],
  [5, { path: '/api/me', headers: { cookie: session } }],
  [3, { path: '/api/logout', method: 'POST' }],
  [3, { path: '/' }],
  [3, { path: '/logo.png' }],
  [3, { path: '/style.css', headers: { 'accept-encoding': 'gzip' } }],
  [2, { path: '/parts-desk.woff2' }],
  [3, { path: '/catalogue' }],
  [2, { path: '/api/broken' }],
  [2, { path: '/nowhere' }],
  [2, { path: '/../secret' }],
  [0.5, { path: '/api/report.csv', query: { days: '30' } }],
  [0.1, { path: '/api/report.csv', query: { days: '365' }, headers: { 'accept-encoding': 'br' } }],
  [0.01, { path: '/api/report.csv', query: { days: '3650' } }],
  [0.5, { path: '/api/files', method: 'POST', ...upload(20_000) }],
  [0.1, { path: '/rates/today' }],
]

function credentials(password) {
  return JSON.stringify({ name: 'ada', password })
}

function upload(bytes) {
  const head =
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\ncontent-type: application/x\r\n\r\n'
  const body = Buffer.concat([Buffer.from(head), Buffer.alloc(bytes, 1), Buffer.from('\r\n--b--')])
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}
