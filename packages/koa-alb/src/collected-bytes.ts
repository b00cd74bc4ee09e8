/** Buffers that bodies were collected in, and the next are: one for each of two exchanges. */
const spare: Buffer[] = []
const MOST_SPARE = 2
const MOST_SPARE_BYTES = 2_097_152
const LEAST_BYTES = 16_384

/**
 * Chunks put one after another into one buffer, which no app ever sees and the next body takes over.
 * Copies of chunks, put together at the end, took memory of the system for each large response: a
 * third more time for 700 KB on Node 22 and 26.
 */
export class CollectedBytes {
  #buffer: Buffer | undefined
  #length = 0

  append(chunk: string | Uint8Array): void {
    const isText = typeof chunk === 'string'
    const end = this.#length + (isText ? Buffer.byteLength(chunk) : chunk.byteLength)
    const buffer = this.#roomFor(end)
    if (isText) buffer.write(chunk, this.#length)
    else buffer.set(chunk, this.#length)
    this.#length = end
  }

  /** Valid until `release`. */
  get bytes(): Buffer | undefined {
    return this.#buffer?.subarray(0, this.#length)
  }

  release(): void {
    const buffer = this.#buffer
    this.#buffer = undefined
    this.#length = 0
    if (buffer && buffer.length <= MOST_SPARE_BYTES && spare.length < MOST_SPARE) spare.push(buffer)
  }

  #roomFor(bytes: number): Buffer {
    this.#buffer ??= spare.pop()
    const buffer = this.#buffer
    if (buffer && buffer.length >= bytes) return buffer
    let size = LEAST_BYTES
    while (size < bytes) size *= 2
    const grown = Buffer.allocUnsafeSlow(size)
    if (buffer) grown.set(buffer.subarray(0, this.#length))
    this.#buffer = grown
    return grown
  }
}
