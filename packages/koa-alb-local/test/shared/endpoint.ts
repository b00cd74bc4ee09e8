import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** The URL of an endpoint that answers like this, for the current test. */
export async function endpoint(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  // Listening on TCP, so the address is no pipe name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
