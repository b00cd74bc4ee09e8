import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { usage } from '../../packages/koa-alb-local/src/cli/arguments/options.ts'

const root = new URL('../../', import.meta.url)
const readmes = [
  'README.md',
  'packages/koa-alb/README.md',
  'packages/koa-alb-cdk/README.md',
  'packages/koa-alb-local/README.md',
]
const pages = [
  ...readmes,
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...markdownIn('docs/'),
  ...markdownIn('docs/decisions/'),
  ...markdownIn('docs/migrate/'),
]

describe.each([...readmes, 'docs/deploy.md'])('%s', (page) => {
  it('quotes its code from files of examples/, word for word', async () => {
    const text = await read(page)
    const quotes = [...text.matchAll(/<!-- (examples\/\S+) -->\n```[tj]s\n(.*?)```/gs)]
    expect(quotes).toHaveLength([...text.matchAll(/```[tj]s\n/g)].length)
    for (const [, file = '', code] of quotes) expect(code).toBe(await read(file))
  })
})

it('docs/local.md quotes what --help prints', async () => {
  expect(await read('docs/local.md')).toContain(`\`\`\`text\n${usage}\`\`\`\n`)
})

describe.each(pages)('%s', (page) => {
  it('links to files that exist', async () => {
    const targets = [...(await read(page)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    const missing = targets.filter(
      ([, target = '']) => !existsSync(new URL(target, new URL(page, root))),
    )
    expect(missing.map(([, target]) => target)).toEqual([])
  })
})

it.each(readmes.slice(1))('%s links absolutely, as it is read elsewhere', async (page) => {
  const relative = [...(await read(page)).matchAll(/\]\((?!https:\/\/|#)([^)]+)\)/g)]
  expect(relative.map(([, target]) => target)).toEqual([])
})

const handlerOptions = ['packages/koa-alb/src/handler.ts', 'AlbHandlerOptions'] as const
const balancerOptions = [
  'packages/koa-alb-local/src/load-balancer.ts',
  'LoadBalancerOptions',
] as const

it.each([
  ['README.md', ...handlerOptions],
  ['packages/koa-alb/README.md', ...handlerOptions],
  [
    'packages/koa-alb-cdk/README.md',
    'packages/koa-alb-cdk/src/props.ts',
    'ApplicationLoadBalancedFunctionProps',
  ],
  ['packages/koa-alb-local/README.md', ...balancerOptions],
])('%s lists every option in %s, in the order of the type', async (page, file, type) => {
  const members = new RegExp(`interface ${type} {\n(.*?)\n}`, 's').exec(await read(file))?.[1] ?? ''
  const options = [...members.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(([, name]) => name)
  const table = /\n\| Option \|.*?\n\n/s.exec(await read(page))?.[0] ?? ''
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(options.length).toBeGreaterThan(2)
  expect(rows).toEqual(options)
})

function markdownIn(folder: string): string[] {
  const names = readdirSync(new URL(folder, root))
  return names.filter((name) => name.endsWith('.md')).map((name) => folder + name)
}

function read(path: string): Promise<string> {
  return readFile(new URL(path, root), 'utf8')
}
