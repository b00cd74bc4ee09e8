import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { migrated, pages, replayed, textOf, writtenAnew } from './page-blocks.mjs'

const folder = new URL('pages/', import.meta.url)
const all = await pages()

describe.each(all)('%s', (page) => {
  it('has the code as it is run, and what compare prints of it', async () => {
    const text = await textOf(page)
    expect(text).toBe(await writtenAnew(page))
  })
})

it('every app that moves is on a page', async () => {
  const text = (await Promise.all(all.map(textOf))).join()
  const names = (await readdir(folder)).filter((name) => !['apps', 'events'].includes(name))
  expect(names).toHaveLength(8)
  for (const name of names) expect(text).toContain(` test/migrate/pages/${name}`)
})

it('the index has every page', async () => {
  const index = await textOf('docs/migrate/README.md')
  const others = all
    .map((page) => page.replace('docs/migrate/', ''))
    .filter((page) => page !== 'README.md')
  expect(others).toHaveLength(7)
  for (const page of others) expect(index).toContain(`](${page})`)
})

it('what was a server answers every request as a handler', async () => {
  const printed = await replayed('test/migrate/pages/aws-lambda-web-adapter')
  expect(printed).toMatch(/\n19 events, 0 refused\n$/)
})

describe('the command migrate makes', () => {
  it.each(['serverless-http', 'serverless-http-3', 'codegenie', 'hono'])(
    'of the file before, of %s, the one after',
    async (name) => {
      const after = await textOf(`test/migrate/pages/${name}/after.js`)
      expect(await migrated(`test/migrate/pages/${name}`)).toBe(after)
    },
  )

  it.each(['vendia', 'h4ad'])('all but the wrapper of %s', async (name) => {
    expect(await migrated(`test/migrate/pages/${name}`)).toBe(`import { albHandler } from 'koa-alb'
import { app } from './app.js'

const handle = albHandler(app)

// From Node 24 on Lambda refuses a handler with a third parameter, a callback.
export const handler = (event, context) => handle(event, context)
`)
  })
})
