import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const timers =
  /(?<![.\w]|override )(?:(?:set|clear)(?:Timeout|Immediate|Interval)|queueMicrotask)\b/g
const clocks = /\b(?:process\.(?:nextTick|hrtime)|Date\.now|performance\.now|node:timers)\b/g
// What runs in a function's own process measures as Lambda's client does; no test fakes it there.
const exempt = /(^|\/)clock\.ts$|^bootstrap\//

it.each(['koa-alb', 'koa-alb-local'])('%s has timers and time from its clock alone', (name) => {
  const folder = new URL(`../../packages/${name}/src/`, import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const uses = files
    .filter((file) => /\.ts$/.test(file) && !exempt.test(file))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      const [, imported = ''] = /import \{([^}]+)\} from '[^']*clock\.ts'/.exec(source) ?? []
      const found = [...source.matchAll(timers), ...source.matchAll(clocks)].map(([use]) => use)
      return found.filter((use) => !imported.includes(use)).map((use) => `${file}: ${use}`)
    })
  expect(uses).toEqual([])
})
