import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

/** All that lies in the memory behind the chunks of a body. */
async function memoryOf(req: IncomingMessage): Promise<string> {
  const memory = new Set<ArrayBufferLike>()
  for await (const chunk of req) memory.add(chunk.buffer)
  return Buffer.concat([...memory].map((buffer) => Buffer.from(buffer))).toString('latin1')
}

const handler = albHandler(async (req, res) => res.end(await memoryOf(req)))

describe.each([false, true])('behind the chunks of a body, in base64: %s,', (isBase64Encoded) => {
  const send = async (body: string) => {
    const sent = isBase64Encoded ? Buffer.from(body).toString('base64') : body
    const event = singleEvent({ httpMethod: 'POST', body: sent, isBase64Encoded })
    return (await handler(event, context)).body
  }

  it.each([1, 6, 5_000, 70_000])('lie its %i bytes and no other', async (bytes) => {
    await send('a password of somebody else')
    const body = 'x'.repeat(bytes)
    expect(await send(body)).toBe(body)
  })
})
