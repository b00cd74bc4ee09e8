import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const readmes = ['README.md', 'packages/koa-alb/README.md', 'packages/koa-alb-local/README.md']
const pages = [
  ...readmes,
  'CONTRIBUTING.md',
  ...markdownIn('docs/'),
  ...markdownIn('docs/decisions/'),
]

describe.each(readmes)('%s', (page) => {
  it('quotes its code from files of examples/, word for word', async () => {
    const text = await read(page)
    const quotes = [...text.matchAll(/<!-- (examples\/\S+) -->\n```ts\n(.*?)```/gs)]
    expect(quotes).toHaveLength([...text.matchAll(/```[tj]s/g)].length)
    for (const [, file = '', code] of quotes) expect(code).toBe(await read(file))
  })
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

// A README that names an option wrongly is worse than one that leaves it out.
it('lists every option of createLoadBalancer, in the order of its type', async () => {
  const source = await read('packages/koa-alb-local/src/load-balancer.ts')
  const body = /interface LoadBalancerOptions \{\n(.*?)\n\}/s.exec(source)?.[1] ?? ''
  const options = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
  const table = (await read('packages/koa-alb-local/README.md')).matchAll(/^\| `(\w+)`/gm)
  expect(options).toContain('target')
  expect([...table].map(([, name]) => name)).toEqual(options)
})

function markdownIn(folder: string): string[] {
  const names = readdirSync(new URL(folder, root))
  return names.filter((name) => name.endsWith('.md')).map((name) => folder + name)
}

function read(path: string): Promise<string> {
  return readFile(new URL(path, root), 'utf8')
}
