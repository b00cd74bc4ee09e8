import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parts, picture } from '../../shared/content.mjs'

const answers = {
  '/echo': async (req, res) => res.end(await buffer(req)),
  '/form': async (req, res) => res.end(String(await buffer(req))),
  '/bytes': (req, res) => req.pipe(res.setHeader('content-type', 'image/png')),
  '/cookies': (req, res) => {
    res.setHeader('set-cookie', [`first=${req.headers.cookie.length}`, 'second=b']).end('set')
  },
  '/image': (_req, res) => res.writeHead(200, { 'content-type': 'image/png' }).end(picture),
  '/stream': (_req, res) => Readable.from(parts()).pipe(res),
  '/empty': (_req, res) => res.writeHead(204).end(),
  '/redirect': (_req, res) => res.writeHead(302, { location: '/hello/Ada' }).end(),
  '/fail': (_req, res) => res.writeHead(500, 'On Purpose', ['x-reason', 'none']).end(),
  '/missing': (_req, res) => res.writeHead(404).end(),
}

export const app = createServer((req, res) => {
  const { method, url, httpVersion, headers } = req
  const answer = answers[url]
  if (answer) return answer(req, res)
  const etag = '"same"'
  if (headers['if-none-match'] === etag) return res.writeHead(304, { etag }).end()
  res.writeHead(200, { 'content-type': 'application/json', etag })
  res.end(JSON.stringify({ method, url, httpVersion, host: headers.host }))
})
export const listen = (port) => app.listen(port, '127.0.0.1')
