import type { Mark } from '../src/inspector/mark.ts'
import { MarkBadge, marksOf, type ShownMark, toneOf } from './mark-badge.tsx'
import { MaskedText } from './masked-text.tsx'

interface Properties {
  readonly id: number | undefined
  readonly startLine: string
  readonly lines: readonly (readonly [string, string])[]
  readonly part?: Mark['part']
  readonly marks?: readonly ShownMark[]
}

export function HeaderLines({ id, startLine, lines, part = 'request', marks = [] }: Properties) {
  const at = marksOf(marks, part)
  return (
    <div class="lines">
      <StartLine id={id} text={startLine} marks={at('startLine')} />
      {lines.map(([name, value], index) => {
        const [mark] = at('lines', index)
        return (
          <div key={index} class={mark && `marked ${toneOf(mark)}`}>
            <span class="what">
              <b>{name}</b>:{' '}
              {/* A value in Arabic, or with marks of direction, turns nothing else. */}
              <bdi>
                <MaskedText id={id} text={value} />
              </bdi>
            </span>
            {mark && <MarkBadge mark={mark} />}
          </div>
        )
      })}
    </div>
  )
}

interface StartLineProperties {
  readonly id: number | undefined
  readonly text: string
  readonly marks: readonly ShownMark[]
}

function StartLine({ id, text, marks }: StartLineProperties) {
  const ofAll = marks.filter(({ from }) => from === undefined)
  return (
    <div class="start">
      {piecesOf(text, marks).map(({ from, to, mark }) => {
        const shown = <MaskedText id={id} text={text.slice(from, to)} />
        if (!mark) return <span key={from}>{shown}</span>
        return (
          <span key={from} class={`marked ${toneOf(mark)}`}>
            <span class="what">{shown}</span>
            <MarkBadge mark={mark} />
          </span>
        )
      })}
      {ofAll.map((mark) => (
        <MarkBadge key={mark.key} mark={mark} />
      ))}
    </div>
  )
}

interface Piece {
  readonly from: number
  readonly to: number
  readonly mark?: ShownMark
}

/** The text in pieces, with a mark or without. */
function piecesOf(text: string, marks: readonly ShownMark[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const mark of marks) {
    const { from, to } = mark
    // Two empty pairs that touch share a character.
    if (from === undefined || to === undefined || from < at) continue
    if (from > at) pieces.push({ from: at, to: from })
    pieces.push({ from, to, mark })
    at = to
  }
  if (at < text.length) pieces.push({ from: at, to: text.length })
  return pieces
}
