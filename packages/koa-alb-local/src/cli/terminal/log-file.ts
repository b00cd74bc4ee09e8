import { type FileHandle, open } from 'node:fs/promises'
import { clearTimeout, setTimeout } from '../../time/clock.ts'
import { StartError } from './start-error.ts'

const retryMs = 1000
const closeMs = 1000
const waitingBytes = 1_048_576

/** A file that lines are added to. When they cannot be written they wait, and that is said once. */
export class LogFile {
  readonly #file: FileHandle
  /** For messages: `the access log`. */
  readonly #name: string
  readonly #report: (text: string) => void
  #waiting: Buffer[] = []
  #bytes = 0
  #lost = 0
  #isFailing = false
  #isClosing = false
  #writing: Promise<void> | undefined
  #wake = (): void => {}

  /** @throws StartError when it cannot be opened */
  static async open(path: string, name: string, report: (text: string) => void): Promise<LogFile> {
    try {
      return new LogFile(await open(path, 'a'), name, report)
    } catch (error) {
      const reason = error instanceof Error ? error.message : error
      throw new StartError(`${name} cannot be written: ${reason}`)
    }
  }

  private constructor(file: FileHandle, name: string, report: (text: string) => void) {
    this.#file = file
    this.#name = name
    this.#report = report
  }

  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`)
    if (this.#bytes + bytes.length > waitingBytes) {
      this.#lost += 1
      return
    }
    this.#waiting.push(bytes)
    this.#bytes += bytes.length
    this.#writing ??= this.#writeAll()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#wake()
    // A pipe that nobody reads takes for ever.
    await Promise.race([this.#end(), this.#pause(closeMs)])
    const lost = this.#lost + linesIn(this.#waiting)
    if (lost > 0) this.#report(`${lost} lines of ${this.#name} are lost`)
  }

  async #end(): Promise<void> {
    await this.#writing
    await this.#file.close()
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      try {
        await this.#writeSome()
        this.#written()
      } catch (error) {
        this.#failed(error)
        if (this.#isClosing) break
        await this.#pause(retryMs)
      }
    }
    this.#writing = undefined
  }

  async #writeSome(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = [bytes]
    const { bytesWritten } = await this.#file.write(bytes)
    const rest = bytes.subarray(bytesWritten)
    // Others have come meanwhile.
    this.#waiting.splice(0, 1, ...(rest.length > 0 ? [rest] : []))
    this.#bytes -= bytesWritten
  }

  #written(): void {
    if (!this.#isFailing) return
    this.#isFailing = false
    const lost = this.#lost === 0 ? '' : `; ${this.#lost} lines are lost`
    this.#lost = 0
    this.#report(`${this.#name} is written again${lost}`)
  }

  #failed(error: unknown): void {
    if (this.#isFailing) return
    this.#isFailing = true
    const reason = error instanceof Error ? error.message : String(error)
    this.#report(`${this.#name} cannot be written: ${reason}; it is tried again each second`)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function linesIn(waiting: readonly Buffer[]): number {
  return Buffer.concat(waiting).filter((byte) => byte === 0x0a).length
}
