import type { Transform } from 'node:stream'
import { CollectedBytes } from './collected-bytes.ts'
import type { Base64 } from './response.ts'

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
 * Bytes that may wait for the compressor. An app that waits for `drain` never comes near, one chunk
 * of any size is its own affair, and one that writes on regardless would fill the memory.
 */
const MOST_QUEUED_BYTES = 8_388_608

/** The body of one response: kept as far as it can fit a document, compressed from there on. */
export class ResponseBody {
  readonly #limit: BodyLimit
  /** The one text, or the one chunk in base64, that the body is so far. */
  #whole: string | Base64 | undefined
  #collected: CollectedBytes | undefined
  #taken: CollectedBytes | undefined
  #compressed: Buffer[] = []
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

  /**
   * Takes the one chunk that the head has declared, for a document in base64, and makes that without
   * a copy: a tenth of the time for an image. False, and nothing done, for one that might not fit.
   */
  writeWhole(chunk: Uint8Array): boolean {
    if (this.#bytes > 0 || this.#discarded || chunk.byteLength > this.#limit.safeBytes) return false
    this.#bytes = chunk.byteLength
    const { buffer, byteOffset, byteLength } = chunk
    this.#whole = { base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
    return true
  }

  /** Keeps a copy. False when the writer should wait for `onDrain`. */
  write(chunk: Data): boolean {
    this.#bytes += Buffer.byteLength(chunk)
    if (this.#discarded) return true
    if (this.#compressor) return this.#compress(this.#compressor, chunk)
    this.#keep(chunk)
    if (this.#bytes <= this.#limit.safeBytes) return true
    this.#plan ??= this.#limit.plan()
    return this.#bytes <= this.#plan.capacityBytes || this.#compressOr(this.#plan)
  }

  /** Hands over the one string the body was given as, or its bytes, valid until `release`. */
  take(): string | Base64 | Buffer | Promise<Buffer> {
    if (this.#compressor) return this.#takeCompressed(this.#compressor)
    const whole = this.#whole
    this.#whole = undefined
    this.#taken = this.#collected
    this.#collected = undefined
    return whole ?? this.#taken?.bytes ?? ''
  }

  /** What was taken is needed no more. */
  release(): void {
    this.#taken?.release()
    this.#taken = undefined
  }

  /** Lets go of everything. */
  discard(): void {
    this.#discarded = true
    this.#whole = undefined
    this.#compressed = []
    this.#collected?.release()
    this.#collected = undefined
    this.release()
    this.#compressor?.destroy()
  }

  #compress(compressor: Transform, chunk: Data): boolean {
    if (compressor.writableLength <= MOST_QUEUED_BYTES) {
      // The writer may use its buffer again before the compressor has read it.
      return compressor.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk))
    }
    this.#exceed(this.#limit.plan().tooLarge(this.#bytes))
    return true
  }

  #keep(chunk: Data): void {
    if (typeof chunk === 'string' && !this.#collected && this.#whole === undefined) {
      this.#whole = chunk
      return
    }
    this.#collected ??= new CollectedBytes()
    if (this.#whole !== undefined) this.#collected.append(toData(this.#whole))
    this.#whole = undefined
    this.#collected.append(chunk)
  }

  #compressOr({ compression, tooLarge }: BodyPlan): boolean {
    if (!compression) {
      this.#exceed(tooLarge(this.#bytes))
      return true
    }
    const { capacityBytes } = compression
    const compressor = compression.createCompressor()
    const written = this.#written()
    const chunks: Buffer[] = []
    let bytes = 0
    this.#compressed = chunks
    this.#compressor = compressor
    compressor.on('drain', () => this.#limit.onDrain())
    compressor.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (this.#discarded) return
      if (bytes > capacityBytes) this.#exceed(tooLarge(this.#bytes))
      else chunks.push(chunk)
    })
    return compressor.write(written)
  }

  /** What was written so far, for one that reads it later. */
  #written(): Data {
    const whole = this.#whole
    this.#whole = undefined
    const written = whole === undefined ? Buffer.from(this.#collected?.bytes ?? []) : toData(whole)
    this.#collected?.release()
    this.#collected = undefined
    return written
  }

  #takeCompressed(compressor: Transform): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      compressor.on('error', reject)
      compressor.on('end', () => resolve(Buffer.concat(this.#compressed)))
      compressor.end()
    })
  }

  #exceed(error: Error): void {
    this.discard()
    this.#limit.onExceeded(error)
  }
}

function toData(whole: string | Base64): Data {
  return typeof whole === 'string' ? whole : Buffer.from(whole.base64, 'base64')
}
