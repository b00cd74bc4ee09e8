import { inspect } from 'node:util'
import { printableLines, shownError } from './printable.ts'

// On either side of the place where the parser stopped.
const shownBytes = 60

/** Why an exchange failed, each error once. */
export interface ShownFailure {
  readonly headline: string
  /** Where the code of the adapter's error is explained. */
  readonly remedy: string | undefined
  /** Frames, properties and causes; undefined when there are none. */
  readonly rest: string | undefined
}

/** `detail` says what happened, and may have the message of `cause` already. */
export function shownFailure(detail: string, cause: unknown): ShownFailure {
  const code = codeOf(cause)
  const isToldLater = cause !== undefined && !hasMessageOf(cause, detail)
  const shown = cause === undefined ? '' : shownError(cause)
  const rest = unparsedBytes(cause) ?? (isToldLater ? shown : withoutHeadline(shown))
  return {
    headline: printableLines(detail),
    remedy: code && `${code}: docs/errors.md#${code.toLowerCase()} says what to do`,
    rest: rest === '' ? undefined : rest,
  }
}

/** The code of the adapter's error, of which there may be one behind another error. */
function codeOf(error: unknown): string | undefined {
  const code = read(error, 'code')
  return typeof code === 'string' && /^ALB_ERR_[A-Z_]+$/.test(code) ? code : undefined
}

// Of what Node's parser refuses: the frames are all ours, and only the bytes tell something.
function unparsedBytes(error: unknown): string | undefined {
  const packet = read(error, 'rawPacket')
  if (!Buffer.isBuffer(packet)) return undefined
  const at = Number(read(error, 'bytesParsed') ?? 0)
  const from = Math.max(0, at - shownBytes)
  const text = packet.toString('latin1', from, at + shownBytes)
  return printableLines(
    `it was sent ${from > 0 ? '…' : ''}${inspect(text, { breakLength: Infinity })}`,
  )
}

function hasMessageOf(error: unknown, detail: string): boolean {
  const message = error instanceof Error ? read(error, 'message') : undefined
  return typeof message === 'string' && detail.includes(message)
}

// As `inspect` shows an error: headline and frames, or the headline in brackets, then properties.
function withoutHeadline(shown: string): string {
  const frames = /(?:^|\n)(?= {4}at )/.exec(shown)
  if (frames) return shown.slice(frames.index + frames[0].length)
  const bracket = shown.indexOf('] {')
  return bracket >= 0 && shown.endsWith('}') ? shown.slice(bracket + 2) : ''
}

function read(from: unknown, name: string): unknown {
  try {
    return Reflect.get(Object(from), name)
  } catch {
    return undefined
  }
}
