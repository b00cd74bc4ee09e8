import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('stream-memory.mjs', import.meta.url))
const megabyte = 1_048_576

describe('of a stream of 2 GB', () => {
  it.each([
    ['that is not compressed', 'image/png', 'identity', 65_536],
    ['in chunks of 16 bytes', 'image/png', 'identity', 16],
    ['that gzip cannot make smaller', 'text/plain', 'gzip', 65_536],
    ['that br cannot make smaller', 'application/octet-stream', 'br', 65_536],
  ])('%s no more than fits is read, and under 8 MB are used', async (_, type, accepted, chunk) => {
    const measured = await measure(type, accepted, chunk, 'random')
    expect(measured).toMatchObject({
      outcome: 'ALB_ERR_RESPONSE_TOO_LARGE',
      destroyed: true,
      chunksAfter: 0,
    })
    expect(measured.bytes).toBeLessThan(4 * megabyte)
    expect(measured.peakBytes).toBeLessThan(8 * megabyte)
  })

  it('that compresses well under 8 MB are used while it passes', async () => {
    const measured = await measure('text/plain', 'gzip', 65_536, 'zero')
    expect(measured).toMatchObject({
      outcome: 'ALB_ERR_RESPONSE_TOO_LARGE',
      destroyed: true,
      chunksAfter: 0,
    })
    expect(measured.bytes).toBeGreaterThan(500 * megabyte)
    expect(measured.liveBytes).toBeLessThan(8 * megabyte)
  })
})

/** What stream-memory.mjs prints. */
interface Measured {
  readonly outcome: string
  /** Read from the stream. */
  readonly bytes: number
  readonly destroyed: boolean
  /** Read once the invocation had failed. */
  readonly chunksAfter: number
  /** The most that was in use at once, garbage left out. */
  readonly liveBytes: number
  readonly peakBytes: number
}

/** In a process of its own, on the built package. */
async function measure(...args: readonly (string | number)[]): Promise<Measured> {
  const command = ['--expose-gc', script, ...args.map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, command)
  return JSON.parse(stdout)
}
