import type { Signal } from '@preact/signals'
import type { ExchangeSummary } from '../src/inspector/shown-exchange.ts'
import { importHar, saveJson } from './actions.ts'
import { withoutNumbers } from './masked-text.tsx'
import {
  clear,
  filter,
  groups,
  heldCount,
  isPaused,
  methods,
  select,
  selectedId,
  shown,
} from './state.ts'

export function ListPanel() {
  return (
    <section class="list" aria-label="Exchanges">
      <Filters />
      {shown.value.length === 0 && <p class="empty">Nothing to show. Send a request.</p>}
      <ol>
        {shown.value.map((exchange) => (
          <Row key={exchange.id} exchange={exchange} />
        ))}
      </ol>
    </section>
  )
}

function Filters() {
  return (
    <div class="bar">
      <input
        id="search"
        type="search"
        placeholder="Search (/)"
        aria-label="Search"
        value={filter.text.value}
        onInput={({ currentTarget }) => (filter.text.value = currentTarget.value)}
      />
      <Choice label="Method" chosen={filter.method} values={methods.value} />
      <Choice label="Status" chosen={filter.status} values={['2', '3', '4', '5']} suffix="xx" />
      <Choice label="Target group" chosen={filter.group} values={groups.value} />
      <label>
        <input
          type="checkbox"
          checked={filter.notableOnly.value}
          onChange={({ currentTarget }) => (filter.notableOnly.value = currentTarget.checked)}
        />
        changed or refused only
      </label>
      <button
        type="button"
        aria-pressed={isPaused.value}
        onClick={() => (isPaused.value = !isPaused.value)}
      >
        {isPaused.value ? `Go on${heldCount.value > 0 ? ` (${heldCount.value})` : ''}` : 'Pause'}
      </button>
      <button type="button" onClick={() => void clear()}>
        Clear
      </button>
      <button type="button" onClick={() => void saveJson('/har', 'exchanges.har')}>
        Export HAR
      </button>
      <label class="button">
        Import HAR
        <input
          type="file"
          accept=".har,application/json"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file) void importHar(file)
            currentTarget.value = ''
          }}
        />
      </label>
    </div>
  )
}

interface ChoiceProperties {
  readonly label: string
  readonly chosen: Signal<string>
  readonly values: readonly string[]
  readonly suffix?: string
}

function Choice({ label, chosen, values, suffix = '' }: ChoiceProperties) {
  return (
    <select
      aria-label={label}
      value={chosen.value}
      onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
    >
      <option value="">{label}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {value}
          {suffix}
        </option>
      ))}
    </select>
  )
}

function Row({ exchange }: { exchange: ExchangeSummary }) {
  const { id, method, target, status, durationMs, at, isNotable, isColdStart, errorReason } =
    exchange
  return (
    <li>
      <button
        type="button"
        class="row"
        aria-current={id === selectedId.value}
        onClick={() => select(id)}
      >
        <span class={`status s${String(status ?? '').slice(0, 1)}`}>{status ?? '…'}</span>
        <span class="method">{method}</span>
        <span class="target" title={withoutNumbers(target)}>
          {withoutNumbers(target)}
        </span>
        <span class="marks">
          {isColdStart && (
            <span class="cold" title="cold start">
              cold
            </span>
          )}
          {isNotable && (
            <span class="notable" title={errorReason ?? 'something was changed, lost or refused'}>
              !
            </span>
          )}
        </span>
        <span class="time">{durationMs === undefined ? 'waits' : `${durationMs} ms`}</span>
        <time>
          {at === undefined ? '' : new Date(at).toLocaleTimeString('en', { hour12: false })}
        </time>
      </button>
    </li>
  )
}
