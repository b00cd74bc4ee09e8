import { table, times } from '../render/tables.ts'
import { median, pairedRatio } from '../statistics.ts'

/** What a round, with a process of each side, found of a scenario; by figure, a value of each slice. */
export interface Round {
  readonly today: Figures
  readonly before: Figures
}

type Figures = Readonly<Record<string, readonly number[]>>

/** A scenario in the gate. */
export interface Pair {
  readonly title: string
  readonly rounds: readonly Round[]
  readonly wrong?: string
}

/** CPU time, which another process on the core does not lengthen as much as wall time. */
const judged = ['mainNs', 'cpuNs']

/** The median of the rounds: two processes of the same code differ by some per cent. */
export function isSlower({ rounds }: Pair, tolerancePercent: number): boolean {
  return judged.some((figure) => median(ratios(rounds, figure)) > 1 + tolerancePercent / 100)
}

/** Today's time as a multiple of that before, with the least and the most of the rounds. */
export function gateTable(pairs: readonly Pair[], tolerancePercent: number): string {
  const rows = pairs.map((pair) => {
    const cells = [...judged, 'unitNs'].map((figure) => withSpread(ratios(pair.rounds, figure)))
    const verdict = isSlower(pair, tolerancePercent) ? '**slower**' : 'as fast'
    return [pair.title, ...cells, String(pair.rounds.length), pair.wrong ?? verdict]
  })
  const clocks = ['main-thread CPU', 'total CPU', 'wall']
  return table(['today ÷ before', ...clocks, 'rounds', ''], rows)
}

/** One of each round; of slices that follow each other. None where the clock does not exist. */
function ratios(rounds: readonly Round[], figure: string): number[] {
  return rounds.flatMap(({ today, before }) => {
    const ratio = pairedRatio(today[figure] ?? [], before[figure] ?? [])
    return Number.isFinite(ratio) ? ratio : []
  })
}

function withSpread(values: readonly number[]): string {
  if (values.length === 0) return '–'
  return `${times(median(values))} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`
}
