import type { ComponentChildren } from 'preact'
import type { ShownExchange } from '../src/inspector/shown-exchange.ts'
import { copyCurl, copyTest, replay, saveJson } from './actions.ts'
import { BodyView } from './body-view.tsx'
import { HeaderLines } from './header-lines.tsx'
import { JsonView } from './json-view.tsx'
import { MaskedText, withoutNumbers } from './masked-text.tsx'
import { dialog, select, selected, selectedId } from './state.ts'
import { Waterfall } from './waterfall.tsx'

export function DetailPanel() {
  const exchange = selected.value
  if (!exchange) return <section class="detail">Exchange {selectedId.value} …</section>
  return (
    <section key={exchange.id} class="detail" aria-label={`Exchange ${exchange.id}`}>
      <div class="title">
        <h2>
          {exchange.method} {withoutNumbers(exchange.target)}
        </h2>
        <button type="button" onClick={() => select(undefined)}>
          Close
        </button>
      </div>
      <Actions id={exchange.id} />
      <Why exchange={exchange} />
      <Overview exchange={exchange} />
      <div class="columns">
        <RequestCard exchange={exchange} />
        <EventCard exchange={exchange} />
        <DocumentCard exchange={exchange} />
        <ResponseCard exchange={exchange} />
      </div>
      <FunctionLog exchange={exchange} />
    </section>
  )
}

function Actions({ id }: { id: number }) {
  return (
    <div class="bar">
      <button type="button" onClick={() => void replay(id)}>
        Replay
      </button>
      <button type="button" onClick={() => (dialog.value = 'edit')}>
        Edit and send
      </button>
      <button type="button" onClick={() => (dialog.value = 'compare')}>
        Compare
      </button>
      <button type="button" onClick={() => void copyCurl(id)}>
        Copy as curl
      </button>
      <select
        aria-label="Copy as test"
        value=""
        onChange={({ currentTarget }) => {
          void copyTest(id, currentTarget.value)
          currentTarget.value = ''
        }}
      >
        <option value="">Copy as test …</option>
        <option value="vitest">vitest</option>
        <option value="jest">jest</option>
        <option value="node">node:test</option>
      </select>
      <button
        type="button"
        onClick={() => void saveJson(`/exchanges/${id}/event`, `event-${id}.json`)}
      >
        Save event
      </button>
      <button
        type="button"
        onClick={() => void saveJson(`/exchanges/${id}/har`, `exchange-${id}.har`)}
      >
        Export HAR
      </button>
    </div>
  )
}

function Why({ exchange: { id, why, error } }: { exchange: ShownExchange }) {
  if (why.length === 0) return null
  return (
    <section class="why">
      <h3>Why</h3>
      <ul>
        {why.map(({ kind, sentence, remedy, key, row }) => (
          <li key={`${key}${sentence}`} id={`why-${key}`} class={kind} tabIndex={-1}>
            <p>
              <MaskedText id={id} text={sentence} />
            </p>
            {remedy !== undefined && <p class="remedy">{withCode(remedy)}</p>}
            {key !== undefined && <p class="source">{row ?? key}</p>}
          </li>
        ))}
      </ul>
      {error && (
        <details open>
          <summary>
            {error.name}
            {error.code === undefined ? '' : ` ${error.code}`}
          </summary>
          <pre>
            <MaskedText id={id} text={error.text} />
          </pre>
        </details>
      )}
    </section>
  )
}

/** What stands between backticks, as code. */
function withCode(text: string): ComponentChildren {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}

function Overview({ exchange }: { exchange: ShownExchange }) {
  const { client, targetGroup, rulePriority, passedOver, actions, billedMs, requestId } = exchange
  const { documentBytes, isBase64Encoded, multiValueHeaders, traceId, protocol } = exchange
  const facts: [string, string | undefined][] = [
    ['Client', client && `${client} (${protocol})`],
    [
      'Rule',
      rulePriority === undefined
        ? undefined
        : rulePriority === 0
          ? 'default'
          : String(rulePriority),
    ],
    ['Actions', actions.join(', ')],
    ['Target group', targetGroup],
    [
      'Multi-value headers',
      multiValueHeaders === undefined ? undefined : multiValueHeaders ? 'on' : 'off',
    ],
    ['Billed', billedMs === undefined ? undefined : `${billedMs} ms`],
    ['Document', documentBytes === undefined ? undefined : shareOf(documentBytes)],
    ['Body in it', isBase64Encoded === undefined ? undefined : isBase64Encoded ? 'base64' : 'text'],
    ['Request id', requestId],
    ['Trace', traceId],
  ]
  return (
    <section>
      <Waterfall exchange={exchange} />
      <dl class="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {passedOver.length > 0 && (
        <details>
          <summary>{passedOver.length} rules did not match</summary>
          <ul class="rules">
            {passedOver.map(({ priority, condition }) => (
              <li key={priority}>
                {priority}: not <code>{condition}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function shareOf(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes, ${((100 * bytes) / 1_048_576).toFixed(1)} % of 1 MB`
}

function RequestCard({ exchange: { id, request, marks } }: { exchange: ShownExchange }) {
  return (
    <Card title="Request" note="as the client sent it">
      <HeaderLines
        id={id}
        startLine={request.startLine}
        lines={request.lines}
        part="request"
        marks={marks}
      />
      {request.body && <BodyView body={request.body} />}
    </Card>
  )
}

function EventCard({ exchange: { id, event, marks } }: { exchange: ShownExchange }) {
  if (!event) return null
  return (
    <Card title="Event" note="what the function got">
      <JsonView id={id} value={event} part="event" marks={marks} />
    </Card>
  )
}

function DocumentCard({ exchange: { id, document, marks } }: { exchange: ShownExchange }) {
  if (!document) return null
  return (
    <Card title="Document" note="what the function returned">
      <JsonView id={id} value={parsed(document.text)} part="document" marks={marks} />
      {document.isCut && <p class="note">Only its beginning is kept.</p>}
    </Card>
  )
}

function ResponseCard({ exchange: { id, response, marks } }: { exchange: ShownExchange }) {
  if (!response) return null
  return (
    <Card title="Response" note="as it was sent">
      <HeaderLines
        id={id}
        startLine={response.startLine}
        lines={response.lines}
        part="response"
        marks={marks}
      />
      <BodyView body={response.body} />
    </Card>
  )
}

function FunctionLog({ exchange: { functionLog, isFunctionLogCut } }: { exchange: ShownExchange }) {
  if (functionLog.length === 0) return null
  return (
    <section>
      <h3>Function log</h3>
      <pre>{functionLog.join('\n')}</pre>
      {isFunctionLogCut && <p class="note">The rest of it is not kept.</p>}
    </section>
  )
}

function Card({
  title,
  note,
  children,
}: {
  title: string
  note: string
  children: ComponentChildren
}) {
  return (
    <section class="card">
      <h3>
        {title} <small>{note}</small>
      </h3>
      {children}
    </section>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
