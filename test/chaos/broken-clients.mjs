// Clients that break off, or break what they send, at any byte.
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout } from 'node:timers/promises'
import tls from 'node:tls'

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
const ends = ['reset', 'end', 'destroy', 'stall']

/** One such client, from start to end. */
export async function breakOff(ports, random) {
  const protocol = random.of(['http1', 'http1 over TLS', 'http2', 'http2', 'handshake'])
  const body = random.bytes(random.integer(0, 20_000))
  const bytes = protocol === 'http2' ? http2Bytes(body, random) : http1Bytes(body, random)
  const sent = broken(protocol === 'handshake' ? random.bytes(200) : bytes, random)
  const socket = connect(protocol, ports)
  // The other side may have had enough before.
  socket.on('error', () => {})
  await Promise.race([
    once(socket, socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect'),
    once(socket, 'close'),
  ]).catch(() => {})
  await inPieces(socket, sent, random)
  await leave(socket, random)
  return protocol
}

function connect(protocol, ports) {
  if (protocol === 'http1') return net.connect(ports.http, '127.0.0.1')
  if (protocol === 'handshake') return net.connect(ports.https, '127.0.0.1')
  const ALPNProtocols = [protocol === 'http2' ? 'h2' : 'http/1.1']
  return tls.connect({
    port: ports.https,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols,
  })
}

function broken(bytes, random) {
  const cut = bytes.subarray(0, random.integer(0, bytes.length))
  if (cut.length > 0 && random.chance(0.3))
    cut[random.integer(0, cut.length - 1)] = random.integer(0, 255)
  return cut
}

async function inPieces(socket, bytes, random) {
  let at = 0
  while (at < bytes.length && socket.writable) {
    const end = at + random.integer(1, random.chance(0.5) ? 40 : bytes.length)
    socket.write(bytes.subarray(at, end))
    at = end
    if (random.chance(0.3)) await setTimeout(random.integer(0, 20))
  }
}

async function leave(socket, random) {
  const way = random.of(ends)
  socket.resume()
  // In the middle of an answer, if there is one.
  if (random.chance(0.5))
    await Promise.race([once(socket, 'data'), setTimeout(1000)]).catch(() => {})
  if (way === 'end') socket.end()
  if (way === 'reset') socket instanceof tls.TLSSocket ? socket.destroy() : socket.resetAndDestroy()
  if (way === 'end' || way === 'stall') await setTimeout(random.integer(0, 3000))
  socket.destroy()
}

function http1Bytes(body, random) {
  const path = random.of(['/echo/broken', '/large/broken', '/slow/broken?ms=500'])
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-Id: broken\r\n`
  if (random.chance(0.5)) {
    const chunk = [`${body.length.toString(16)}\r\n`, body, '\r\n0\r\n\r\n']
    const parts = body.length === 0 ? ['0\r\n\r\n'] : chunk
    return joined([head, 'Transfer-Encoding: chunked\r\n\r\n', ...parts])
  }
  return joined([head, `Content-Length: ${body.length}\r\n\r\n`, body])
}

/** A connection with a request or several, without compression of the header fields. */
function http2Bytes(body, random) {
  const path = random.of(['/echo/broken', '/large/broken', '/slow/broken?ms=500'])
  const fields = [
    [':method', 'POST'],
    [':scheme', 'https'],
    [':authority', 'localhost'],
    [':path', path],
  ]
  const block = joined(
    fields.flatMap(([name, value]) => [[0, name.length], name, [value.length], value]),
  )
  const streams = Array.from({ length: random.integer(1, 5) }, (_, index) => {
    const id = 2 * index + 1
    return [frame(1, 4, id, block), frame(0, 1, id, body.subarray(0, 10_000))]
  })
  return joined([preface, frame(4, 0, 0, Buffer.alloc(0)), ...streams.flat()])
}

function frame(type, flags, stream, payload) {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.set([type, flags], 3)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

function joined(parts) {
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}
