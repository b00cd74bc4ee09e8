import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'

/** Stands for what agents report to: takes every HTTP request and every datagram, on one port. */
export async function startCollector() {
  const posts = []
  const datagrams = []
  const server = createServer(async (req, res) => {
    const chunks = await req.toArray()
    posts.push({ url: req.url, body: decoded(Buffer.concat(chunks), req.headers) })
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  const socket = createSocket('udp4', (message) => datagrams.push(message.toString()))
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
    socket.close()
  }
  return { port, posts, datagrams, close }
}

function decoded(body, { 'content-encoding': encoding }) {
  if (body.length === 0) return body
  if (encoding === 'gzip') return gunzipSync(body)
  return encoding === 'deflate' ? inflateSync(body) : body
}
