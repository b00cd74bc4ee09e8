/** A piece of an arena, which is written from its beginning to its end, and then over again. */
export interface Piece {
  memory: Buffer
  /** The same memory, eight bytes for each. */
  numbers: Float64Array
  /** Where there is room. */
  end: number
  /** Goes up when what was in it is gone. */
  generation: number
  /** The last exchange that has something in it. */
  lastId: number
}

const usualBytes = 256 * 1024
const bytesPerNumber = Float64Array.BYTES_PER_ELEMENT
const noMemory = Buffer.alloc(0)
const noNumbers = new Float64Array(0)

/**
 * Memory for the last exchanges. What stays for long in a heap of objects costs an exchange a fifth of
 * its CPU time in garbage collections. There is no more of it than the last exchanges take, so that it
 * stays in the caches of the CPU.
 */
export class Arena {
  readonly #mostBytes: number
  readonly #pieceBytes: number
  /** The oldest first. */
  readonly #pieces: Piece[] = []
  #last: Piece | undefined
  #bytes = 0

  /** @param mostBytes what it takes at most, but for one exchange that is larger */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
    this.#pieceBytes = Math.min(
      usualBytes,
      bytesPerNumber * Math.ceil(mostBytes / 4 / bytesPerNumber),
    )
  }

  /**
   * A piece with room for so many bytes from its `end` on, for the exchange with this id.
   * @param oldestId of the exchanges that are wanted yet
   */
  pieceFor(bytes: number, id: number, oldestId: number): Piece {
    const last = this.#last
    const isRoom = last !== undefined && last.end + bytes <= last.memory.length
    const piece = isRoom ? last : this.#next(bytes, oldestId)
    if (id > piece.lastId) piece.lastId = id
    return piece
  }

  #next(wanted: number, oldestId: number): Piece {
    const bytes = Math.ceil(wanted / bytesPerNumber) * bytesPerNumber
    const [oldest] = this.#pieces
    const isFree = oldest !== undefined && oldest.lastId < oldestId
    const piece = isFree && oldest.memory.length >= bytes ? this.#drop(oldest) : this.#create(bytes)
    this.#bytes += piece.memory.length
    while (this.#bytes > this.#mostBytes && this.#pieces[0]) release(this.#drop(this.#pieces[0]))
    this.#pieces.push(piece)
    this.#last = piece
    return piece
  }

  #create(bytes: number): Piece {
    const memory = Buffer.allocUnsafeSlow(Math.max(bytes, this.#pieceBytes))
    const numbers = new Float64Array(memory.buffer)
    return { memory, numbers, end: 0, generation: 0, lastId: 0 }
  }

  /** The oldest, without what was in it. */
  #drop(oldest: Piece): Piece {
    this.#pieces.shift()
    this.#bytes -= oldest.memory.length
    oldest.end = 0
    oldest.lastId = 0
    oldest.generation += 1
    return oldest
  }
}

/** Exchanges that had something in it refer to it until others take their places. */
function release(piece: Piece): void {
  piece.memory = noMemory
  piece.numbers = noNumbers
}
