import { expect, it } from 'vitest'
import { environmentReads, unseenReads } from '../../../src/cli/functions/environment-reads.ts'

it.each([
  ['process.env.A', ['A']],
  ['process.env["A"] ?? process.env[\'B\'] ?? process.env[`C`]', ['A', 'B', 'C']],
  ['process?.env?.A', ['A']],
  ['process2.env.A', ['A']],
  ['const { A, B: b, C = "x,y", "D": d = { e: 1 }, ...rest } = process.env', ['D', 'C', 'B', 'A']],
  ['function f({ A } = process.env) {}', ['A']],
  ['const env = process.env; env.A + env["B"]', ['A', 'B']],
  ['const env = process.env ?? {}; env.A', ['A']],
  ['import { env } from "node:process"\nenv.A', ['A']],
  ['import { env as $e } from "process"\n$e.A', ['A']],
  ['const { env } = process\nconst { A } = env', ['A']],
  ['process.env.A = "1"; process.env.B === "1"', ['B']],
  ['process.env[name]; other.env.A; process.envy.A; { A } = process.env.B', ['B']],
  ['const env = process.env.A; env.B', ['A']],
])('finds what %s reads', (code, names) => {
  expect([...environmentReads(code)]).toEqual(names)
})

it('tells what of it the shell has and the function does not, beside what Lambda sets', () => {
  const code = 'const { A, B, C, PATH, AWS_REGION, AWS_SESSION_TOKEN, _HANDLER } = process.env'
  const shell = {
    A: '',
    B: '2',
    PATH: '/bin',
    AWS_REGION: 'x',
    AWS_SESSION_TOKEN: 'x',
    _HANDLER: 'x',
  }
  expect(unseenReads(code, shell, { B: '3' })).toEqual(['A'])
})
