import { MaskedText } from './masked-text.tsx'

interface Properties {
  readonly id: number | undefined
  readonly startLine: string
  readonly lines: readonly (readonly [string, string])[]
}

export function HeaderLines({ id, startLine, lines }: Properties) {
  return (
    <div class="lines">
      <div class="start">
        <MaskedText id={id} text={startLine} />
      </div>
      {lines.map(([name, value], index) => (
        <div key={index}>
          <b>{name}</b>: <MaskedText id={id} text={value} />
        </div>
      ))}
    </div>
  )
}
