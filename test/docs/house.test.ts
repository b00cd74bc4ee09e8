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

it.each(['koa-alb-cdk', 'koa-alb-local'])('%s imports downwards alone', (name) => {
  const imports = importsIn(name)
  const inside = imports.filter(([file, imported]) => roomOf(file) === roomOf(imported))
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const [file, to] of inside) if (file === from && !seen.has(to)) reached(to, seen.add(to))
    return seen
  }
  const upwards = imports.filter(([file, imported]) => {
    if (facade.includes(imported) && file !== 'index.ts') return true
    return !(0 <= roomOf(file) && roomOf(file) <= roomOf(imported)) || reached(imported).has(file)
  })
  expect(upwards.map(([file, imported]) => `${file} imports ${imported}`)).toEqual([])
})
