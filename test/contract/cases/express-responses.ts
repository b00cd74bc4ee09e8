import { fileURLToPath } from 'node:url'
import { expressApp } from '../../apps/express.ts'
import type { Case } from '../contract.ts'
import { get, head } from '../request.ts'

const root = fileURLToPath(new URL('../../apps/public/', import.meta.url))

export const expressResponseCases: readonly Case[] = [
  {
    name: 'res.send sends text with type, length and etag',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.send('caf\u00e9'))),
    request: get(),
    headers: [
      'content-type: text/html; charset=utf-8',
      'content-length: 5',
      'etag: W/"5-9CRFKpZzkYxvCbDN01sgvo5q59c"',
      'x-powered-by: Express',
    ],
    body: 'caf\u00e9',
  },
  {
    name: 'res.send sends bytes',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.send(Buffer.from([0, 255])))),
    request: get(),
    headers: ['content-type: application/octet-stream', 'content-length: 2'],
    body: Buffer.from([0, 255]),
  },
  {
    name: 'res.json sends JSON with a status of its own',
    app: () =>
      expressApp((app) => app.get('/', (_req, res) => res.status(201).json({ a: '\u20ac' }))),
    request: get(),
    status: '201 Created',
    headers: ['content-type: application/json; charset=utf-8', 'content-length: 11'],
    body: '{"a":"\u20ac"}',
  },
  {
    name: 'res.sendStatus sends the phrase',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.sendStatus(418))),
    request: get(),
    status: "418 I'm a Teapot",
    body: "I'm a Teapot",
  },
  {
    name: 'res.end without anything is 200',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.end())),
    request: get(),
    body: '',
  },
  {
    name: 'HEAD is answered by the route of GET',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.send('hello'))),
    request: head(),
    headers: ['content-length: 5', 'content-type: text/html; charset=utf-8'],
    body: '',
  },
  {
    name: 'a fresh entity is not sent again',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.set('etag', '"v1"').send('x'))),
    request: get('/', 'If-None-Match: "v1"'),
    status: '304 Not Modified',
    headers: ['etag: "v1"'],
    without: ['content-type', 'transfer-encoding'],
    body: '',
  },
  {
    name: 'res.redirect sends the location',
    app: () => expressApp((app) => app.get('/', (_req, res) => res.redirect(303, '/caf\u00e9'))),
    request: get('/', 'Accept: text/plain'),
    status: '303 See Other',
    headers: ['location: /caf%C3%A9'],
    body: 'See Other. Redirecting to /caf%C3%A9',
  },
  {
    name: 'res.cookie and res.clearCookie send a line each',
    app: () =>
      expressApp((app) =>
        app.get('/', (_req, res) => {
          res.cookie('a', '1 2', { httpOnly: true }).cookie('b', { c: 1 }).clearCookie('d').end()
        }),
      ),
    request: get(),
    headers: [
      'set-cookie: a=1%202; Path=/; HttpOnly',
      'set-cookie: b=j%3A%7B%22c%22%3A1%7D; Path=/',
      'set-cookie: d=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ],
  },
  {
    name: 'res.sendFile sends a file',
    app: () =>
      expressApp((app) => app.get('/', (_req, res) => res.sendFile('hello.txt', { root }))),
    request: get(),
    headers: [
      'content-type: text/plain; charset=utf-8',
      'content-length: 18',
      'accept-ranges: bytes',
      'cache-control: public, max-age=0',
    ],
    body: 'hello from a file\n',
  },
  {
    name: 'res.sendFile sends a range of a file',
    app: () =>
      expressApp((app) => app.get('/', (_req, res) => res.sendFile('hello.txt', { root }))),
    request: get('/', 'Range: bytes=6-9'),
    status: '206 Partial Content',
    headers: ['content-range: bytes 6-9/18', 'content-length: 4'],
    body: 'from',
  },
  {
    name: 'res.sendFile refuses a range beyond the file',
    app: () =>
      expressApp((app) => app.get('/', (_req, res) => res.sendFile('hello.txt', { root }))),
    request: get('/', 'Range: bytes=50-'),
    status: '416 Range Not Satisfiable',
    headers: ['content-range: bytes */18'],
  },
  {
    name: 'res.download names the file',
    app: () =>
      expressApp((app) =>
        app.get('/', (_req, res) => res.download(`${root}hello.txt`, 'h\u00e9.txt')),
      ),
    request: get(),
    headers: [`content-disposition: attachment; filename="h?.txt"; filename*=UTF-8''h%C3%A9.txt`],
    body: 'hello from a file\n',
  },
  {
    name: 'res.format, res.vary and res.links set what Express says',
    app: () =>
      expressApp((app) =>
        app.get('/', (_req, res) => {
          res.links({ next: '/2' }).vary('origin')
          res.format({ html: () => res.send('<p>'), json: () => res.send({ a: 1 }) })
        }),
      ),
    request: get('/', 'Accept: application/json'),
    headers: [
      'link: </2>; rel="next"',
      'vary: origin, Accept',
      'content-type: application/json; charset=utf-8',
    ],
    body: '{"a":1}',
  },
  {
    name: 'res.append sends each value',
    app: () =>
      expressApp((app) =>
        app.get('/', (_req, res) => {
          res.append('x-a', '1').append('x-a', ['2', '3']).end()
        }),
      ),
    request: get(),
    headers: ['x-a: 1', 'x-a: 2', 'x-a: 3'],
    single: {
      because: 'single mode carries one value per name; HTTP joins with a comma',
      headers: ['x-a: 1, 2, 3'],
    },
  },
  {
    name: 'writeHead and write reach Node through the prototype of Express',
    app: (saw) =>
      expressApp((app) =>
        app.get('/', (_req, res) => {
          saw(res.writeHead(202, 'Fine', { 'x-a': '1' }) === res)
          saw(typeof res.write('a'))
          res.end('62', 'hex', () => saw(res.writableFinished))
        }),
      ),
    request: get(),
    status: '202 Fine',
    headers: ['x-a: 1'],
    body: 'ab',
    saw: [true, 'boolean', true],
  },
  {
    name: 'an unknown path is answered by Express',
    app: () => expressApp(() => {}),
    request: get('/nowhere'),
    status: '404 Not Found',
    headers: ["content-security-policy: default-src 'none'", 'x-content-type-options: nosniff'],
  },
]
