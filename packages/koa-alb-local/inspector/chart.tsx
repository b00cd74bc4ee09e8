import type { Second } from '../src/inspector/statistics.ts'

const shownSeconds = 180
const height = 60
const classes = ['2', '3', '4', '5'] as const

/** Responses by status, and the longest time, of the last three minutes. */
export function Chart({ seconds }: { seconds: readonly Second[] }) {
  const last = seconds.at(-1)?.at ?? 0
  const recent = seconds.filter(({ at }) => at > last - shownSeconds)
  const most = Math.max(1, ...recent.map(({ count }) => count))
  const longest = Math.max(1, ...recent.map(({ mostMs }) => mostMs))
  return (
    <figure class="chart">
      <figcaption>
        The last three minutes: at most {most} responses a second, the longest took {longest} ms
      </figcaption>
      <svg
        viewBox={`0 0 ${shownSeconds} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Responses and their time by second"
      >
        {recent.map((second) => (
          <Bar
            key={second.at}
            second={second}
            x={shownSeconds - 1 - (last - second.at)}
            most={most}
          />
        ))}
        {recent.map(({ at, mostMs }) => (
          <rect
            key={at}
            x={shownSeconds - 1 - (last - at)}
            y={height - 2 - ((height - 4) * mostMs) / longest}
            width="0.9"
            height="1"
            class="latency"
          />
        ))}
      </svg>
    </figure>
  )
}

function Bar({ second, x, most }: { second: Second; x: number; most: number }) {
  let top = height
  return (
    <>
      {classes.map((digit) => {
        const size = ((height - 4) * (second.classes[digit] ?? 0)) / most
        top -= size
        return (
          size > 0 && (
            <rect key={digit} x={x} y={top} width="0.9" height={size} class={`s${digit}`} />
          )
        )
      })}
    </>
  )
}
