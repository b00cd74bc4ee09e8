import type { ShownBody } from '../src/inspector/shown-body.ts'
import { JsonView } from './json-view.tsx'

const mostHexBytes = 1024

export function BodyView({ body }: { body: ShownBody }) {
  const { kind, type, length, isCut } = body
  if (kind === 'empty') return <p class="note">No body</p>
  return (
    <div class="body">
      <p class="note">
        {type || 'no type'}, {length.toLocaleString('en')} bytes
        {isCut && '; only the first are kept'}
      </p>
      <Content body={body} />
    </div>
  )
}

function Content({ body: { kind, type, text = '', base64 = '' } }: { body: ShownBody }) {
  if (kind === 'image') return <img src={`data:${type};base64,${base64}`} alt="The body" />
  if (kind === 'binary') return <pre class="hex">{hexOf(base64)}</pre>
  const document = type.endsWith('json') ? parsed(text) : undefined
  return document === undefined ? <pre>{text}</pre> : <JsonView id={undefined} value={document} />
}

/** Sixteen bytes a line, as `xxd` shows them. */
function hexOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, mostHexBytes); at += 16) {
    const line = [...bytes.subarray(at, at + 16)]
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = line
      .map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.'))
      .join('')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${text}`)
  }
  if (bytes.length > mostHexBytes) lines.push(`… ${bytes.length - mostHexBytes} more bytes`)
  return lines.join('\n')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
