import type { Transform } from 'node:stream'

/** What becomes of a body that is larger than any head would allow unasked. */
export interface BodyPlan {
  /** Bytes that can fit as they are. */
  readonly capacityBytes: number
  /** Takes the whole body when it has more; without it, more is too much. */
  readonly compression?: { createCompressor(): Transform; readonly capacityBytes: number }
  /** The error for a body of which `bytes` were taken. */
  tooLarge(bytes: number): Error
}

export interface BodyLimit {
  /** Bytes that fit under any head. */
  readonly safeBytes: number
  plan(): BodyPlan
  /** Called once; nothing is kept from then on. */
  onExceeded(error: Error): void
  /** Called after `write` returned false, when the body takes more. */
  onDrain(): void
}

type Data = string | Uint8Array

/**
 * A chunk of one byte takes a hundred, so that many are put together: enough for a buffer of its
 * own, as a part of Node's pool would keep the chunks beside it.
 */
const MOST_LOOSE_CHUNKS = 4_096

/**
 * Bytes that may wait for the compressor. An app that waits for `drain` never comes near, one chunk
 * of any size is its own affair, and one that writes on regardless would fill the memory.
 */
const MOST_QUEUED_BYTES = 8_388_608

/** The body of one response: kept as far as it can fit a document, compressed from there on. */
export class ResponseBody {
  readonly #limit: BodyLimit
  #chunks: Data[] = []
  #looseChunks = 0
  #bytes = 0
  #plan: BodyPlan | undefined
  #compressor: Transform | undefined
  #discarded = false

  constructor(limit: BodyLimit) {
    this.#limit = limit
  }

  /** Bytes the app wrote. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether what `take` gives is the compressed body. */
  get isCompressed(): boolean {
    return this.#compressor !== undefined
  }

  /** False when the writer should wait for `onDrain`. */
  write(chunk: Data): boolean {
    this.#bytes += Buffer.byteLength(chunk)
    if (this.#discarded) return true
    if (this.#compressor) return this.#compress(this.#compressor, chunk)
    this.#keep(chunk)
    if (this.#bytes <= this.#limit.safeBytes) return true
    this.#plan ??= this.#limit.plan()
    return this.#bytes <= this.#plan.capacityBytes || this.#compressOr(this.#plan)
  }

  /** Hands over the one string the body was given as, or its bytes. */
  take(): string | Buffer | Promise<Buffer> {
    if (this.#compressor) return this.#compressed(this.#compressor)
    const chunks = this.#chunks
    this.#chunks = []
    const [first] = chunks
    if (first === undefined) return ''
    if (chunks.length === 1) return typeof first === 'string' ? first : toBuffer(first)
    return Buffer.concat(chunks.map(toBuffer))
  }

  /** Lets go of everything. */
  discard(): void {
    this.#discarded = true
    this.#chunks = []
    this.#compressor?.destroy()
  }

  #compress(compressor: Transform, chunk: Data): boolean {
    if (compressor.writableLength <= MOST_QUEUED_BYTES) {
      return compressor.write(chunk)
    }
    this.#exceed(this.#limit.plan().tooLarge(this.#bytes))
    return true
  }

  #keep(chunk: Data): void {
    this.#chunks.push(chunk)
    this.#looseChunks++
    if (this.#looseChunks < MOST_LOOSE_CHUNKS) return
    const loose = this.#chunks.splice(-this.#looseChunks)
    this.#chunks.push(Buffer.concat(loose.map(toBuffer)))
    this.#looseChunks = 0
  }

  #compressOr({ compression, tooLarge }: BodyPlan): boolean {
    if (!compression) {
      this.#exceed(tooLarge(this.#bytes))
      return true
    }
    const { capacityBytes } = compression
    const compressor = compression.createCompressor()
    const written = this.#chunks
    const chunks: Buffer[] = []
    let bytes = 0
    this.#chunks = chunks
    this.#compressor = compressor
    compressor.on('drain', () => this.#limit.onDrain())
    compressor.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (this.#discarded) return
      if (bytes > capacityBytes) this.#exceed(tooLarge(this.#bytes))
      else chunks.push(chunk)
    })
    return written.map((chunk) => compressor.write(chunk)).every(Boolean)
  }

  #compressed(compressor: Transform): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      compressor.on('error', reject)
      compressor.on('end', () => resolve(Buffer.concat(this.#chunks.map(toBuffer))))
      compressor.end()
    })
  }

  #exceed(error: Error): void {
    this.discard()
    this.#limit.onExceeded(error)
  }
}

function toBuffer(data: Data): Buffer {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
