import type { Readable } from 'node:stream'
import { Refusal } from '../answer/refusal.ts'

/** What a Lambda target takes; AWS says 1 MB, section 9 of the rules reads it as 2^20 bytes. */
export const bodyLimitBytes = 1_048_576

/**
 * How to stop the reading of a request body from outside; absent while none is read. An AbortSignal
 * would take a tenth of the CPU time of a request on Node 20.
 */
export interface UploadStop {
  onStop: ((refusal: Refusal) => void) | undefined
}

export function bodyTooLarge(bytes: string): Refusal {
  return new Refusal(413, `the request body has ${bytes} bytes, limit ${bodyLimitBytes}`)
}

/**
 * The whole request body, without its framing.
 * @throws Refusal 413 as soon as the limit is passed, 400 when the client leaves midway, and
 * whatever it is stopped with
 */
export function readBody(upload: Readable, stop: UploadStop): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const settle = (refusal?: Refusal): void => {
      upload.off('data', onData).off('end', onEnd).off('close', onClose)
      stop.onStop = undefined
      if (refusal) reject(refusal)
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    }
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > bodyLimitBytes) settle(bodyTooLarge(`over ${bodyLimitBytes}`))
    }
    const onEnd = (): void => settle()
    const onClose = (): void => settle(new Refusal(400, 'the client left before the body ended'))
    upload.on('data', onData).on('end', onEnd).on('close', onClose)
    stop.onStop = settle
  })
}

/**
 * Reads the request body and drops it, up to what a Lambda target takes.
 * @throws Refusal as `readBody` does, but for a body that is too long
 */
export async function dropBody(upload: Readable, stop: UploadStop): Promise<void> {
  try {
    await readBody(upload, stop)
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 413)) throw error
  }
}
