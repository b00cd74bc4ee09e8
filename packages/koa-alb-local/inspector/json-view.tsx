import type { ComponentChildren } from 'preact'
import { MaskedText } from './masked-text.tsx'

/** A value as JSON, in colours. */
export function JsonView({ id, value }: { id: number | undefined; value: unknown }) {
  return <pre class="json">{node(value, '', id)}</pre>
}

function node(value: unknown, indent: string, id: number | undefined): ComponentChildren {
  if (typeof value === 'string') return <Text value={value} id={id} />
  if (typeof value !== 'object' || value === null)
    return <span class="literal">{String(value)}</span>
  const inner = `${indent}  `
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  const [open, close] = isList ? '[]' : '{}'
  if (entries.length === 0) return `${open}${close}`
  return (
    <>
      {open}
      {entries.map(([name, each], index) => (
        <span key={name}>
          {`\n${inner}`}
          {!isList && <span class="key">{JSON.stringify(name)}</span>}
          {!isList && ': '}
          {node(each, inner, id)}
          {index < entries.length - 1 && ','}
        </span>
      ))}
      {`\n${indent}${close}`}
    </>
  )
}

function Text({ value, id }: { value: string; id: number | undefined }) {
  return (
    <span class="string">
      <MaskedText id={id} text={JSON.stringify(value)} />
    </span>
  )
}
