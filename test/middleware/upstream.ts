import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

const zipped = gzipSync('{"rates":{"EUR":1,"USD":1.08}}')

/**
 * A service to proxy to, until the test has finished: `/rates` answers gzip in two chunks, anything
 * else echoes method, target and body. Resolves to its URL.
 */
export async function startUpstream(): Promise<string> {
  const server = createServer(async (req, res) => {
    if (req.url === '/rates') {
      res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      res.write(zipped.subarray(0, 10))
      res.end(zipped.subarray(10))
      return
    }
    const body = await buffer(req)
    res.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] })
    res.end(`${req.method} ${req.url} ${body.toString('hex')}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a TCP port has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
