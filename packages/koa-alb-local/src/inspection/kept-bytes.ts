import type { Arena, Piece } from './arena.ts'

/** What is kept of an exchange as bytes, each with the length of the whole. */
export interface Contents {
  /** One character per byte. */
  readonly head: string
  readonly text: string
  readonly body: Buffer | undefined
  readonly bodyLength: number | undefined
  readonly payload: string | undefined
  readonly payloadLength: number | undefined
  readonly answer: Buffer | undefined
  readonly answerLength: number | undefined
}

const parts = ['head', 'text', 'body', 'payload', 'answer'] as const
export type Part = (typeof parts)[number]

const absent = -1

/** The bytes of one exchange in an arena, one part after the other. */
export class KeptBytes {
  readonly #arena: Arena
  readonly #mostBytes: number
  readonly #kept = new Float64Array(parts.length)
  readonly #whole = new Float64Array(parts.length).fill(absent)
  #piece: Piece | undefined
  #generation = 0
  #start = 0

  /** @param mostBytes of each body that are kept */
  constructor(arena: Arena, mostBytes: number) {
    this.#arena = arena
    this.#mostBytes = mostBytes
  }

  /** False once later exchanges have taken the memory. */
  get isThere(): boolean {
    return this.#piece === undefined || this.#piece.generation === this.#generation
  }

  keep(id: number, oldestId: number, contents: Contents): void {
    const { head, text, body, payload, answer } = contents
    const most = this.#mostBytes
    const textBytes = Buffer.byteLength(text)
    // A document may have its body as base64.
    const room =
      this.#size(0, head.length, head.length) +
      this.#size(1, textBytes, textBytes) +
      this.#size(2, body && Math.min(body.length, most), contents.bodyLength) +
      this.#size(3, payload === undefined ? undefined : most * 2, contents.payloadLength) +
      this.#size(4, answer && Math.min(answer.length, most), contents.answerLength)
    const piece = this.#arena.take(room, id, oldestId)
    this.#piece = piece
    this.#generation = piece.generation
    this.#start = piece.end - room
    let at = this.#start
    at += this.#write(0, head, piece.memory, at)
    at += this.#write(1, text, piece.memory, at)
    at += body?.copy(piece.memory, at, 0, this.#kept[2]) ?? 0
    if (payload !== undefined) at += this.#write(3, payload, piece.memory, at)
    answer?.copy(piece.memory, at, 0, this.#kept[4])
  }

  /** Bytes of the whole of a part; undefined when there was none. */
  lengthOf(part: Part): number | undefined {
    const length = this.#whole[parts.indexOf(part)]
    return length === absent ? undefined : length
  }

  read(part: Part): Buffer | undefined {
    if (!this.#piece || this.lengthOf(part) === undefined) return undefined
    const index = parts.indexOf(part)
    const start = this.#kept.subarray(0, index).reduce((sum, bytes) => sum + bytes, this.#start)
    return Buffer.from(this.#piece.memory.subarray(start, start + (this.#kept[index] ?? 0)))
  }

  #size(index: number, most = 0, whole = absent): number {
    const bytes = whole === absent ? 0 : Math.min(most, whole)
    this.#kept[index] = bytes
    this.#whole[index] = whole
    return bytes
  }

  /** No character is cut in two. */
  #write(index: number, text: string, memory: Buffer, at: number): number {
    // Three times as fast where there is one byte for each character.
    const encoding = this.#whole[index] === text.length ? 'latin1' : 'utf8'
    const bytes = memory.write(text, at, this.#kept[index] ?? 0, encoding)
    this.#kept[index] = bytes
    return bytes
  }
}
