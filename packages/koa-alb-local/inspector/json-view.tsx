import type { ComponentChildren } from 'preact'
import type { Mark } from '../src/inspector/mark.ts'
import { MarkBadge, marksOf, toneOf } from './mark-badge.tsx'
import { MaskedText } from './masked-text.tsx'

interface Properties {
  readonly id: number | undefined
  readonly value: unknown
  readonly part?: Mark['part']
  readonly marks?: readonly Mark[]
}

interface Context {
  readonly id: number | undefined
  readonly at: ReturnType<typeof marksOf>
}

/** A value as JSON, in colours. */
export function JsonView({ id, value, part = 'event', marks = [] }: Properties) {
  return <pre class="json">{node(value, [], { id, at: marksOf(marks, part) })}</pre>
}

function node(value: unknown, path: (string | number)[], context: Context): ComponentChildren {
  if (typeof value === 'string') return <Text value={value} id={context.id} />
  if (typeof value !== 'object' || value === null)
    return <span class="literal">{String(value)}</span>
  const indent = '  '.repeat(path.length)
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  const [open, close] = isList ? '[]' : '{}'
  if (entries.length === 0) return `${open}${close}`
  return (
    <>
      {open}
      {entries.map(([name, each], index) => {
        const inner = [...path, isList ? index : name]
        const [mark] = context.at(...inner)
        const end = index < entries.length - 1 ? ',' : ''
        return (
          <span key={name} class={mark && `marked ${toneOf(mark)}`}>
            {`\n${indent}  `}
            {mark && isContainer(each) && <MarkBadge mark={mark} />}
            <span class={isContainer(each) ? '' : 'what'}>
              {!isList && <span class="key what">{JSON.stringify(name)}</span>}
              {!isList && ': '}
              {node(each, inner, context)}
            </span>
            {end}
            {mark && !isContainer(each) && <MarkBadge mark={mark} />}
          </span>
        )
      })}
      {`\n${indent}${close}`}
    </>
  )
}

// What is long has its mark in front.
function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function Text({ value, id }: { value: string; id: number | undefined }) {
  return (
    <span class="string">
      <MaskedText id={id} text={JSON.stringify(value)} />
    </span>
  )
}
