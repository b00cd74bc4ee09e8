import { readdir, readFile } from 'node:fs/promises'
import { env } from 'node:process'
import { checkSync } from 'recheck'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Found, regularExpressionsIn } from './in-source.ts'

const packages = new URL('../../packages/', import.meta.url)

/** Expressions that are not there before the code runs: a count per file, and what they are made of. */
const composedIn: Record<string, number> = {
  // Literals, and names that the developer's own code has.
  'koa-alb-local/src/cli/functions/environment-reads.ts': 5,
  // Literals.
  'koa-alb-local/src/cli/functions/tsconfig.ts': 2,
  // A version of the Runtime API and literals.
  'koa-alb-local/src/lambda/runtime-api.ts': 1,
}

const files: string[] = []
const expressions = new Map<string, Found>()
const composed: Record<string, number> = {}

beforeAll(async () => {
  for (const name of ['koa-alb', 'koa-alb-local', 'koa-alb-cdk']) {
    const below = await readdir(new URL(`${name}/src/`, packages), { recursive: true })
    files.push(...below.filter((file) => /\.ts$/.test(file)).map((file) => `${name}/src/${file}`))
  }
  for (const file of files) {
    const found = await regularExpressionsIn(await readFile(new URL(file, packages), 'utf8'))
    for (const one of found.expressions) expressions.set(`${file} /${one.source}/${one.flags}`, one)
    if (found.composed > 0) composed[file] = found.composed
  }
})

describe('the worst input of a regular expression', () => {
  it('takes time in proportion to its length', { timeout: 300_000 }, () => {
    expect(files.length).toBeGreaterThan(100)
    expect(expressions.size).toBeGreaterThan(80)
    const slow = [...expressions].filter(([, found]) => !isLinear(found)).map(([where]) => where)
    expect(slow).toEqual([])
  })

  it('is known of every one that is written down', () => {
    expect(composed).toEqual(composedIn)
  })

  it.each([
    ['polynomial', { source: '^\\s*(?:$|[^;]+\\+json)', flags: '' }],
    ['polynomial from every start', { source: '[ \\t]+$', flags: '' }],
    ['exponential', { source: '^(?:a+)+$', flags: '' }],
    ['polynomial after a lookahead', { source: '(?!b)[ \\t]+$', flags: '' }],
    ['polynomial before a lookahead', { source: '(?!b)[ \\t]+(?!c)', flags: '' }],
  ])('is found where it is %s', (_, found) => {
    expect(isLinear(found)).toBe(false)
  })
})

/** By the automaton of the expression: no clock, no chance. */
function isLinear({ source, flags }: Found): boolean {
  env.RECHECK_BACKEND = 'pure'
  return withoutLookarounds(source).every(
    (text) => checkSync(text, flags, { checker: 'automaton', timeout: null }).status === 'safe',
  )
}

/** No automaton has lookarounds: each is left out, read, and taken for a character of its own. */
function withoutLookarounds(source: string): string[] {
  const [whole, body] = /\(\?<?[=!]((?:[^()\\]|\\.)*)\)/.exec(source) ?? []
  if (whole === undefined) return [source]
  return ['', `(?:${body})`, '\ue000'].flatMap((text) =>
    withoutLookarounds(source.replace(whole, () => text)),
  )
}
