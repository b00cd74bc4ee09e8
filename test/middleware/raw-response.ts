import { once } from 'node:events'
import { type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface RawResponse {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  /** As sent: content encodings are not undone. */
  readonly body: Buffer
}

/** A GET whose response is left as it came; the server listens for this one exchange only. */
export async function get(
  server: Server,
  path: string,
  headers: Record<string, string>,
): Promise<RawResponse> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const outgoing = request({ port, path, headers: { ...headers, connection: 'close' } }).end()
  const [response] = await once(outgoing, 'response')
  const body = await buffer(response)
  server.close()
  return { status: response.statusCode, headers: response.headers, body }
}
