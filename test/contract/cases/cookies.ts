import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const reordered =
  'a load balancer may send header lines in another order, and the browser would keep the wrong cookie'
const expires = 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/; HttpOnly; SameSite=Lax'
const twenty = Array.from({ length: 20 }, (_, i) => `c${i}=v${i}; Path=/`)

export const cookieCases: readonly Case[] = [
  {
    name: 'one cookie arrives',
    app: () => (_req, res) => res.setHeader('set-cookie', 'a=1; Path=/').end(),
    request: get(),
    headers: ['set-cookie: a=1; Path=/'],
  },
  {
    name: 'several cookies arrive on lines of their own',
    app: () => (_req, res) => res.setHeader('Set-Cookie', ['a=1', 'b=2', 'c=3']).end(),
    request: get(),
    headers: ['set-cookie: a=1', 'set-cookie: b=2', 'set-cookie: c=3'],
  },
  {
    name: 'cookies of appendHeader arrive after those of setHeader',
    app: () => (_req, res) => {
      res.setHeader('set-cookie', 'a=1').appendHeader('set-cookie', 'b=2').end()
    },
    request: get(),
    headers: ['set-cookie: a=1', 'set-cookie: b=2'],
  },
  {
    name: 'twenty cookies arrive',
    app: () => (_req, res) => res.setHeader('set-cookie', twenty).end(),
    request: get(),
    headers: twenty.map((cookie) => `set-cookie: ${cookie}`),
  },
  {
    name: 'the comma of an expiry date splits nothing',
    app: () => (_req, res) => res.setHeader('set-cookie', [expires, 'b=2']).end(),
    request: get(),
    headers: [`set-cookie: ${expires}`, 'set-cookie: b=2'],
  },
  {
    name: 'cookies of the same name and other paths or domains all arrive',
    app: () => (_req, res) => {
      res.setHeader('set-cookie', ['a=1; Path=/x', 'a=2; Path=/y', 'a=3; Path=/x; Domain=app.test'])
      res.end()
    },
    request: get(),
    headers: [
      'set-cookie: a=1; Path=/x',
      'set-cookie: a=2; Path=/y',
      'set-cookie: a=3; Path=/x; Domain=app.test',
    ],
  },
  {
    name: 'of cookies with the same name, domain and path the last arrives',
    app: () => (_req, res) =>
      res.setHeader('set-cookie', ['a=1; Path=/', 'b=2', 'a=3; path=/']).end(),
    request: get(),
    headers: ['set-cookie: a=1; Path=/', 'set-cookie: b=2', 'set-cookie: a=3; path=/'],
    balanced: { because: reordered, headers: ['set-cookie: b=2', 'set-cookie: a=3; path=/'] },
  },
  {
    name: 'a cookie deleted and set again is set',
    app: () => (_req, res) => {
      const gone = 'sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly'
      res.setHeader('set-cookie', [gone, 'sid=new; httponly']).end()
    },
    request: get(),
    headers: [
      'set-cookie: sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly',
      'set-cookie: sid=new; httponly',
    ],
    balanced: { because: reordered, headers: ['set-cookie: sid=new; httponly'] },
  },
  {
    name: 'cookies of a redirect arrive',
    app: () => (_req, res) => {
      res.writeHead(302, { location: '/in', 'set-cookie': ['a=1', 'b=2'] }).end()
    },
    request: get(),
    status: '302 Found',
    headers: ['location: /in', 'set-cookie: a=1', 'set-cookie: b=2'],
  },
  {
    name: 'one cookie line reaches the app as sent',
    app: (saw) => (req, res) => {
      saw(req.headers.cookie)
      res.end()
    },
    request: get('/', 'Cookie: a=1; b="two words"; c=%20; d'),
    saw: ['a=1; b="two words"; c=%20; d'],
  },
  {
    name: 'several cookie lines reach the app as one list',
    app: (saw) => (req, res) => {
      saw(req.headers.cookie)
      res.end()
    },
    request: get('/', 'Cookie: a=1', 'cookie: b=2; c=3'),
    saw: ['a=1; b=2; c=3'],
    single: { because: 'in single mode the last line of a name survives', saw: ['b=2; c=3'] },
  },
]
