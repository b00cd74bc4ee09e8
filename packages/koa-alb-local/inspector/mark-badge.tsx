import type { Mark } from '../src/inspector/mark.ts'

/** A mark, with the id of what it leads to behind `why-`. */
export type ShownMark = Omit<Mark, 'key'> & { readonly key?: string }

const symbols: Readonly<Record<Mark['change'], string>> = {
  lost: '✕',
  dropped: '✕',
  ignored: '✕',
  reduced: '▾',
  joined: '+',
  replaced: '⇄',
  changed: '≠',
  sorted: '↕',
  renamed: '→',
  added: '+',
}

/** How a change is coloured: what is gone, what is another, what is so with every exchange. */
export function toneOf({ change, key }: ShownMark): 'gone' | 'other' | 'usual' {
  if (key === undefined) return 'usual'
  return ['lost', 'dropped', 'ignored'].includes(change) ? 'gone' : 'other'
}

/** Says what became of something, and leads to the reason. */
export function MarkBadge({ mark }: { mark: ShownMark }) {
  const { change, text, key } = mark
  const label = (
    <>
      <span aria-hidden="true">{symbols[change]}</span> {text}
    </>
  )
  const classes = `badge ${toneOf(mark)}`
  if (key === undefined) return <small class={classes}>{label}</small>
  return (
    <a class={classes} href={`#why-${key}`} title="Why">
      {label}
    </a>
  )
}

/** The marks of one part by the path in it. */
export function marksOf(
  marks: readonly ShownMark[],
  part: Mark['part'],
): (...path: (string | number)[]) => readonly ShownMark[] {
  const byPath = new Map<string, ShownMark[]>()
  for (const mark of marks) {
    if (mark.part !== part) continue
    const path = JSON.stringify(mark.path)
    byPath.set(path, [...(byPath.get(path) ?? []), mark])
  }
  return (...path) => byPath.get(JSON.stringify(path)) ?? []
}
