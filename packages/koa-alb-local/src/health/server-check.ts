import { type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Server } from '../targets/server.ts'
import {
  type HealthCheckResult,
  type HealthCheckSettings,
  judged,
  userAgent,
} from './health-check.ts'

/** Asks the server for the path of health checks, and judges the status of its answer. */
export async function checkServer(
  { url, address }: Server,
  settings: HealthCheckSettings,
): Promise<HealthCheckResult> {
  const start = url.protocol === 'https:' ? secureRequest : request
  const sent = start({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    // Against the URL of the server, `//up` would be another server.
    path: sendable(settings.path),
    agent: false,
    rejectUnauthorized: false,
    headers: [
      'Host',
      address,
      'Connection',
      'close',
      'User-Agent',
      userAgent,
      'Accept-Encoding',
      'gzip, compressed',
    ],
    signal: AbortSignal.timeout(settings.timeoutMs),
  })
  sent.once('socket', (socket) => socket.unref())
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // Without a listener Node drops a response that changes the protocol, and says nothing.
      sent.once('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response)
      })
      sent.once('response', resolve).once('error', reject).end()
    })
    response.on('error', () => {}).resume()
    return judged(response.statusCode ?? 0, settings)
  } catch (error) {
    const { message, cause } = error as Error
    if (cause instanceof Error && cause.name === 'TimeoutError') {
      return { isSuccess: false, reason: 'Target.Timeout', detail: 'Request timed out' }
    }
    return { isSuccess: false, reason: 'Target.FailedHealthChecks', detail: message }
  }
}

// Node sends no spaces, control characters and what takes several bytes.
function sendable(path: string): string {
  return path.replace(/[^\x21-\x7e]/gu, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&'),
  )
}
