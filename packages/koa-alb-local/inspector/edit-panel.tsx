import { useRef, useState } from 'preact/hooks'
import type { ShownBody } from '../src/inspector/shown-body.ts'
import type { ShownExchange } from '../src/inspector/shown-exchange.ts'
import { BodyView } from './body-view.tsx'
import { post } from './client.ts'
import { Dialog } from './dialog.tsx'
import { HeaderLines } from './header-lines.tsx'
import { attempt, selected } from './state.ts'

interface Answer {
  readonly response: {
    readonly startLine: string
    readonly lines: readonly (readonly [string, string])[]
    readonly body: ShownBody
  }
}

/** The selected request, to be changed and sent. Masked values are put back by the inspector. */
export function EditPanel() {
  const [answer, setAnswer] = useState<Answer>()
  // What is typed stays when the exchange is read once more, or is not kept any more.
  const opened = useRef<ShownExchange>(undefined)
  opened.current ??= selected.value
  const exchange = opened.current
  if (!exchange) return null
  const { id, request, method } = exchange
  const [, target = '/'] = request.startLine.split(' ')
  const isText =
    request.body === undefined || request.body.kind === 'text' || request.body.kind === 'empty'
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const fields = new FormData(event.currentTarget)
    const text = (name: string): string => String(fields.get(name) ?? '')
    const mode = text('mode')
    const sending = {
      id,
      method: text('method'),
      target: text('target'),
      lines: linesOf(text('lines')),
      ...(isText && { body: toBase64(text('body')) }),
      ...(mode !== '' && { multiValueHeaders: mode === 'multi' }),
    }
    setAnswer(await attempt(() => post<Answer>('/replay', sending)))
  }
  return (
    <Dialog title="Edit and send">
      <form onSubmit={(event) => void onSubmit(event)}>
        <label>
          Method <input name="method" defaultValue={method} />
        </label>
        <label>
          Path and query <input name="target" defaultValue={target} />
        </label>
        <label>
          Header lines
          <textarea
            name="lines"
            rows={8}
            defaultValue={request.lines.map(([name, value]) => `${name}: ${value}`).join('\n')}
          />
        </label>
        {isText && (
          <label>
            Body <textarea name="body" rows={4} defaultValue={request.body?.text ?? ''} />
          </label>
        )}
        {!isText && <p class="note">The body is no text; it is sent as it was.</p>}
        <label>
          Header mode
          <select name="mode">
            <option value="">as the target group has it</option>
            <option value="single">single</option>
            <option value="multi">multi-value</option>
          </select>
        </label>
        <button type="submit">Send</button>
      </form>
      {answer && (
        <section class="card">
          <HeaderLines
            id={undefined}
            startLine={answer.response.startLine}
            lines={answer.response.lines}
          />
          <BodyView body={answer.response.body} />
        </section>
      )}
    </Dialog>
  )
}

function linesOf(text: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      // Blanks around a value are none of it; to trim would take bytes of UTF-8 for some.
      return [line.slice(0, colon).trim(), line.slice(colon + 1).replace(/^ /, '')]
    })
}

function toBase64(text: string): string {
  return btoa(
    Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''),
  )
}
