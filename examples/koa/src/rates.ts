import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Another team's service, which the app proxies: answers with rates, or with what it was sent. */
export function createRatesService(): Server {
  return createServer(async (req, res) => {
    if (req.method === 'POST') {
      res.writeHead(202, { 'content-type': req.headers['content-type'] ?? 'text/plain' })
      for await (const chunk of req) res.write(chunk)
      res.end()
      return
    }
    res.writeHead(200, { 'content-type': 'application/json', 'x-served-by': 'rates' })
    res.end(JSON.stringify({ path: req.url, EUR: 1, USD: 1.08, JPY: 163.2 }))
  })
}

/** Serves the rates on a free loopback port and gives its origin; does not keep the process alive. */
export async function startRatesService(): Promise<string> {
  const server = createRatesService().listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
