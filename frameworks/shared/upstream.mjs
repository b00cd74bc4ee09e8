import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { parts, picture } from './content.mjs'

/** A server for proxies to stand before. Resolves to its origin. */
export async function startUpstream() {
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://upstream')
    if (pathname === '/echo') return req.pipe(res.writeHead(201, { 'x-kind': 'echo' }))
    if (pathname === '/stream') return Readable.from(parts()).pipe(res)
    if (pathname === '/image') return res.end(picture)
    if (pathname === '/redirect') return res.writeHead(302, { location: '/seen' }).end()
    if (pathname === '/gone') return res.destroy()
    const seen = Object.entries(req.headers).toSorted(([a], [b]) => (a < b ? -1 : 1))
    res.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' })
    res.end(JSON.stringify({ method: req.method, url: req.url, seen }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}
