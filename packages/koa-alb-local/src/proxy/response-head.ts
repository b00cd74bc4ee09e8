import type { IncomingMessage } from 'node:http'
import { STATUS_CODES } from 'node:http'
import {
  type AnswerHead,
  headBytes,
  type StreamedAnswer,
  type UpgradedAnswer,
} from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import type { Server } from '../targets/server.ts'
import type { HeaderLine } from '../types.ts'

const headerLimitBytes = 32 * 1024
const ofConnections =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/

/**
 * A server's response, its lines as they came but for those about the connection.
 * @throws Refusal 502 when a load balancer does not take it
 */
export function toStreamed(response: IncomingMessage, server: Server): StreamedAnswer {
  const { status, phrase, lines } = headOf(response, server)
  const passed = lines.filter(([name]) => !ofConnections.test(name.toLowerCase()))
  return { status, phrase, lines: passed, keepAlive: true, stream: response }
}

/** @throws Refusal 502 when nobody has asked for another protocol */
export function toUpgraded(
  response: IncomingMessage,
  upgraded: UpgradedAnswer['upgraded'],
  wanted: readonly string[] | undefined,
  server: Server,
): UpgradedAnswer {
  const { status, phrase, lines } = headOf(response, server)
  if (wanted) return { status, phrase, lines, keepAlive: false, upgraded }
  upgraded.socket.destroy()
  throw new Refusal(502, `${server.address} changed the protocol, which nobody had asked for`)
}

function headOf(response: IncomingMessage, { address }: Server): Omit<AnswerHead, 'keepAlive'> {
  const { statusCode: status = 0, statusMessage = '', rawHeaders } = response
  if (status < 100 || status > 999) {
    throw new Refusal(502, `${address} answered with the status ${status}`)
  }
  const lines: HeaderLine[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''])
  }
  const isPlain = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage)
  const phrase = isPlain ? statusMessage : (STATUS_CODES[status] ?? 'unknown')
  const bytes = headBytes(phrase, lines)
  if (bytes <= headerLimitBytes) return { status, phrase, lines }
  throw new Refusal(
    502,
    `the response headers of ${address} take ${bytes} bytes, limit ${headerLimitBytes}`,
  )
}
