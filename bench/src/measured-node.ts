import { execFileSync } from 'node:child_process'
import type { Contestant } from './contestants/contestants.ts'
import type { Line } from './results.ts'
import type { Case, Measurement } from './worker/task.ts'

/** A Node, who is measured on it, and what is done with what is found. */
export interface MeasuredNode {
  readonly execPath: string
  readonly version: string
  readonly contestants: readonly Contestant[]
  /** What was answered wrong, or not at all, has no figures and is not asked for again. */
  readonly wrong: ReadonlySet<string>
  found(this: void, contestant: string, measurement: Measurement): void
}

export function toNode(
  execPath: string,
  chosen: readonly Contestant[],
  write: (line: Line) => void,
  lines: readonly Line[],
): MeasuredNode {
  const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()
  const major = Number.parseInt(version.slice(1), 10)
  const before = lines.flatMap((line) => ('figures' in line && line.wrong ? line : []))
  const wrongs = new Set(
    before.flatMap((one) => (one.version === version ? keyOf(one.contestant, one) : [])),
  )
  return {
    execPath,
    version,
    contestants: chosen.filter(({ minimumNodeMajor = 0 }) => major >= minimumNodeMajor),
    wrong: wrongs,
    found: (contestant, measurement) => {
      const { scenario, mode, wrong, figures } = measurement
      if (wrong) {
        wrongs.add(keyOf(contestant, measurement))
        process.stderr.write(`${version}: ${contestant}, ${scenario}, ${mode} mode: ${wrong}\n`)
      }
      // The turn in which a worker warms up has no figures.
      if (wrong || Object.keys(figures).length > 0) write({ version, contestant, ...measurement })
    },
  }
}

export function keyOf(contestant: string, { scenario, mode }: Case): string {
  return `${contestant} ${scenario} ${mode}`
}
