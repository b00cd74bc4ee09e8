import type { Piece } from './arena.ts'

/** What is kept of an exchange as bytes, with the lengths of the whole, in bytes. */
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

const absent = Number.NaN
// Of UTF-8 for one unit of UTF-16.
const mostBytesPerUnit = 3

/** Of each part the bytes that are kept and those of the whole. */
export const partNumbers = parts.length * 2

/**
 * No less than they take.
 * @param most bytes of each body; a document may have its body as base64
 */
export function bytesFor(contents: Contents, most: number): number {
  const { head, text, body, payloadLength = 0, answer } = contents
  const bodies = lengthOf(body, most) + Math.min(payloadLength, 2 * most) + lengthOf(answer, most)
  return head.length + text.length * mostBytesPerUnit + bodies
}

/** Writes numbers from `first` on, and bytes from `start` on; returns where these end. */
export function keepBytes(
  contents: Contents,
  most: number,
  { memory, numbers }: Piece,
  first: number,
  start: number,
): number {
  const { head, text, body, bodyLength, payload, payloadLength, answer } = contents
  let at = start
  at += memory.write(head, at, head.length, 'latin1')
  numbers[first] = at - start
  numbers[first + 1] = head.length
  const textBytes = memory.write(text, at, 'utf8')
  at += textBytes
  numbers[first + 2] = textBytes
  numbers[first + 3] = textBytes
  if (body && body.length > 0) at += body.copy(memory, at, 0, Math.min(body.length, most))
  numbers[first + 4] = lengthOf(body, most)
  numbers[first + 5] = bodyLength ?? absent
  const before = at
  if (payload !== undefined) at += writeText(payload, payloadLength ?? 0, 2 * most, memory, at)
  numbers[first + 6] = at - before
  numbers[first + 7] = payloadLength ?? absent
  if (answer && answer.length > 0) at += answer.copy(memory, at, 0, Math.min(answer.length, most))
  numbers[first + 8] = lengthOf(answer, most)
  numbers[first + 9] = contents.answerLength ?? absent
  return at
}

function lengthOf(bytes: Buffer | undefined, most: number): number {
  return bytes ? Math.min(bytes.length, most) : 0
}

/** No character is cut in two. */
function writeText(text: string, length: number, most: number, to: Buffer, at: number): number {
  // Several times as fast where there is one byte for each character.
  const encoding = length === text.length ? 'latin1' : 'utf8'
  return to.write(text, at, Math.min(length, most), encoding)
}

/** The parts of an exchange, to be read. */
export class KeptBytes {
  readonly #memory: Buffer
  readonly #numbers: Float64Array
  readonly #start: number

  constructor({ memory, numbers }: Piece, first: number, start: number) {
    this.#memory = memory
    this.#numbers = numbers.subarray(first, first + partNumbers)
    this.#start = start
  }

  /** Bytes of the whole of a part; undefined when there was none. */
  lengthOf(part: Part): number | undefined {
    const length = this.#numbers[2 * parts.indexOf(part) + 1]
    return Number.isNaN(length) ? undefined : length
  }

  /** As much as is kept of it. */
  read(part: Part): Buffer {
    const index = parts.indexOf(part)
    let start = this.#start
    for (let before = 0; before < index; before += 1) start += this.#numbers[2 * before] ?? 0
    return Buffer.from(this.#memory.subarray(start, start + (this.#numbers[2 * index] ?? 0)))
  }
}
