import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

// A HAR of a day is large.
const mostBytes = 64 * 1024 * 1024

/** The JSON of a request. @throws ApiError when it is none */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new ApiError(413, `more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}')
  } catch (error) {
    throw new ApiError(400, `this is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}
