import { useEffect, useState } from 'preact/hooks'
import type { ComparedPart } from '../src/inspector/comparison.ts'
import type { ShownBody } from '../src/inspector/shown-body.ts'
import { BodyView } from './body-view.tsx'
import { ask, post } from './client.ts'
import { Dialog } from './dialog.tsx'
import { HeaderLines } from './header-lines.tsx'
import { MarkBadge, type ShownMark } from './mark-badge.tsx'
import { attempt, selectedId } from './state.ts'

interface Side {
  readonly startLine: string
  readonly lines: readonly (readonly [string, string])[]
  readonly body: ShownBody
}

interface Comparison {
  readonly here: Side
  readonly there: Side
  readonly parts: readonly ComparedPart[]
}

/** The selected request, sent to the load balancer and to the app itself. */
export function ComparePanel() {
  const [url, setUrl] = useState<string>()
  const [comparison, setComparison] = useState<Comparison>()
  useEffect(() => {
    void attempt(() => ask<{ compareUrl: string | null }>('/load-balancer')).then((answer) =>
      setUrl(answer?.compareUrl ?? 'http://127.0.0.1:3001'),
    )
  }, [])
  const compare = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setComparison(await attempt(() => post<Comparison>('/compare', { id: selectedId.value, url })))
  }
  return (
    <Dialog title="Compare with app.listen">
      {url !== undefined && (
        <form onSubmit={(event) => void compare(event)}>
          <label>
            Where the app listens
            <input value={url} onInput={({ currentTarget }) => setUrl(currentTarget.value)} />
          </label>
          <button type="submit">Send to both</button>
        </form>
      )}
      {comparison && <Result comparison={comparison} />}
    </Dialog>
  )
}

function Result({ comparison: { here, there, parts } }: { comparison: Comparison }) {
  const unexpected = parts.filter(({ reason }) => reason === undefined)
  return (
    <>
      <p class={unexpected.length === 0 ? 'good' : 'warning'}>
        {unexpected.length === 0
          ? 'The same, but for what a load balancer always changes.'
          : `${unexpected.length} differences`}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>What</th>
              <th>Behind the load balancer</th>
              <th>app.listen</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ part, here: one, there: other, reason }) => (
              <tr
                key={part}
                id={`why-part-${part}`}
                class={reason === undefined ? 'different' : 'documented'}
              >
                <td>
                  {part}
                  {reason !== undefined && <small>{reason}</small>}
                </td>
                <td>{one.join('\n') || '–'}</td>
                <td>{other.join('\n') || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="columns">
        <SideCard title="Behind the load balancer" side={here} parts={parts} />
        <SideCard title="app.listen" side={there} parts={parts} />
      </div>
    </>
  )
}

interface SideProperties {
  readonly title: string
  readonly side: Side
  readonly parts: readonly ComparedPart[]
}

function SideCard({ title, side, parts }: SideProperties) {
  const { startLine, lines } = side
  const marks = marksOf(side, parts)
  const ofBody = parts.find(({ part }) => part === 'body')
  return (
    <section class="card">
      <h3>{title}</h3>
      <HeaderLines
        id={undefined}
        startLine={startLine}
        lines={lines}
        part="response"
        marks={marks}
      />
      {ofBody && <MarkBadge mark={markOf(ofBody, ['body'])} />}
      <BodyView body={side.body} />
    </section>
  )
}

/** The parts of the table, where they are in the response of one side. */
function marksOf({ lines }: Side, parts: readonly ComparedPart[]): ShownMark[] {
  return parts.flatMap((each) => {
    if (each.part === 'status' || each.part === 'phrase') return [markOf(each, ['startLine'])]
    return lines.flatMap(([name], index) =>
      name.toLowerCase() === each.part ? [markOf(each, ['lines', index])] : [],
    )
  })
}

function markOf({ part, reason }: ComparedPart, path: ShownMark['path']): ShownMark {
  const mark = { part: 'response', path, change: 'changed' } as const
  if (reason !== undefined) return { ...mark, text: reason }
  const text = path[0] === 'lines' ? 'differs' : `${part} differs`
  return { ...mark, text, key: `part-${part}` }
}
