import type { ShownExchange } from '../src/inspector/shown-exchange.ts'

const parts = [
  ['receivedMs', 'received'],
  ['queuedMs', 'queued'],
  ['initMs', 'init (cold start)'],
  ['invokeMs', 'invoke'],
  ['sentMs', 'sent'],
] as const

/** Where the time of an exchange went. */
export function Waterfall({ exchange: { timing, durationMs } }: { exchange: ShownExchange }) {
  const found = parts.flatMap(([key, label]) => {
    const ms = timing[key]
    return ms === undefined ? [] : [{ label, ms }]
  })
  const total = Math.max(
    found.reduce((sum, { ms }) => sum + ms, 0),
    0.001,
  )
  let before = 0
  const bars = found.map(({ label, ms }) => {
    const bar = { label, ms, x: (100 * before) / total, width: Math.max(0.5, (100 * ms) / total) }
    before += ms
    return bar
  })
  return (
    <figure class="waterfall">
      <figcaption>{durationMs === undefined ? 'under way' : `${durationMs} ms in all`}</figcaption>
      {bars.map(({ label, ms, x, width }) => (
        <div key={label} class="part">
          <span>{label}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect x={x} width={width} height="8" class={label.split(' ')[0]} />
          </svg>
          <span>{ms.toFixed(1)} ms</span>
        </div>
      ))}
    </figure>
  )
}
