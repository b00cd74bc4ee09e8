import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const guide = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8')
const rooms = [...guide.matchAll(/^\| `(\S+(?:\/|\.ts))` \|/gm)].map(([, room]) => room)
const facade = ['index.ts', 'handler.ts']

/** Who imports whom in a package, types included. */
function importsIn(name: string): [file: string, imported: string][] {
  const folder = new URL(`packages/${name}/src/`, root)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      const paths = source.matchAll(/\b(?:from|import)[\s(]*'(\.[^']+)'/g)
      return [...paths].map(([, path = '']) => [file, posix.join(posix.dirname(file), path)])
    })
}

const roomOf = (file: string): number =>
  rooms.indexOf(rooms.includes(file) ? file : `${posix.dirname(file)}/`)

const isUpwards = ([file, imported]: readonly [string, string]): boolean =>
  roomOf(file) < 0 ||
  roomOf(file) > roomOf(imported) ||
  (facade.includes(imported) && file !== 'index.ts')

it.each(['koa-alb', 'koa-alb-cdk', 'koa-alb-local'])('%s imports downwards alone', (name) => {
  const imports = importsIn(name)
  const downwards = imports.filter((each) => !isUpwards(each))
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const [at, to] of downwards) if (at === from && !seen.has(to)) reached(to, seen.add(to))
    return seen
  }
  const wrong = imports.filter((each) => isUpwards(each) || reached(each[1]).has(each[0]))
  expect(wrong.map(([file, imported]) => `${file} imports ${imported}`)).toEqual([])
})
