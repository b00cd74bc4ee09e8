import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { extract } from '../src/gate/archive.ts'
import { gateTable, isSlower, type Pair, type Round } from '../src/gate/verdict.ts'

const folder = mkdtempSync(join(tmpdir(), 'koa-alb-gate-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('is closed by a scenario that takes more than the tolerance longer in most rounds', () => {
  expect(isSlower(pair(round(106), round(100), round(107)), 5)).toBe(true)
  expect(isSlower(pair(round(106), round(100), round(104)), 5)).toBe(false)
  expect(isSlower(pair(round(106), round(100), round(107)), 10)).toBe(false)
})

it('is closed by helper threads that work longer, too', () => {
  expect(isSlower(pair(round(100, 120)), 5)).toBe(true)
})

it('is not closed by a clock that does not exist', () => {
  const { today, before } = round(100)
  const { mainNs: _, ...others } = today
  expect(isSlower(pair({ today: others, before }), 5)).toBe(false)
})

it('shows the median of the rounds, the least and the most', () => {
  const slower = pair(round(98), round(110), round(120))
  const wrong = { title: 'image', rounds: [], wrong: 'today: status 500, not 200' }
  expect(gateTable([slower, wrong], 5).split('\n').slice(2)).toEqual([
    '| small JSON GET | 1.10× (0.98–1.20) | 1.10× (0.98–1.20) | 1.10× (0.98–1.20) | 3 | **slower** |',
    '| image | – | – | – | 0 | today: status 500, not 200 |',
  ])
})

it('takes a folder as a commit had it', () => {
  const [repository, into] = [join(folder, 'repository'), join(folder, 'into')]
  mkdirSync(join(repository, 'package'), { recursive: true })
  mkdirSync(into)
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      encoding: 'utf8',
    })
  const file = join(repository, 'package/index.ts')
  writeFileSync(file, 'before')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'before')
  writeFileSync(file, 'today')
  extract(repository, 'HEAD', 'package', into)
  expect(readFileSync(join(into, 'package/index.ts'), 'utf8')).toBe('before')
})

function pair(...rounds: Round[]): Pair {
  return { title: 'small JSON GET', rounds }
}

/** Two slices of each side, the second on a machine that is half as fast. */
function round(percent: number, totalPercent = percent): Round {
  const slices = (of: number): number[] => [of, 2 * of]
  return {
    today: { mainNs: slices(percent), cpuNs: slices(totalPercent), unitNs: slices(percent) },
    before: { mainNs: slices(100), cpuNs: slices(100), unitNs: slices(100) },
  }
}
