import type { RecordedBody } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'

/** A body as the page gets it: as text where it is text, else as base64. */
export interface ShownBody {
  readonly kind: 'empty' | 'text' | 'image' | 'binary'
  /** Without its parameters; empty when there is none. */
  readonly type: string
  readonly text?: string
  readonly base64?: string
  /** Bytes of the whole body. */
  readonly length: number
  readonly isCut: boolean
}

// SVG is a document that may run scripts: it is shown as text.
const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function shownBody(body: RecordedBody, lines: readonly HeaderLine[]): ShownBody {
  const type = typeOf(lines)
  const { bytes, length, isCut } = body
  const about = { type, length, isCut }
  if (length === 0) return { kind: 'empty', ...about }
  const isEncoded = lines.some(([name]) => name.toLowerCase() === 'content-encoding')
  if (!isEncoded && imageTypes.includes(type)) {
    return { kind: 'image', base64: bytes.toString('base64'), ...about }
  }
  const text = textOf(bytes, isCut)
  return text === undefined
    ? { kind: 'binary', base64: bytes.toString('base64'), ...about }
    : { kind: 'text', text, ...about }
}

function typeOf(lines: readonly HeaderLine[]): string {
  const [, value = ''] = lines.findLast(([name]) => name.toLowerCase() === 'content-type') ?? []
  const [type = ''] = value.split(';')
  return type.trim().toLowerCase()
}

/** Undefined when the bytes are no text that can be shown. */
function textOf(bytes: Buffer, isCut: boolean): string | undefined {
  // The last character may have been cut in two.
  for (const less of isCut ? [0, 1, 2, 3] : [0]) {
    try {
      const text = decoder.decode(bytes.subarray(0, bytes.length - less))
      return /[^\P{Cc}\t\n\v\f\r]/u.test(text) ? undefined : text
    } catch {}
  }
  return undefined
}
