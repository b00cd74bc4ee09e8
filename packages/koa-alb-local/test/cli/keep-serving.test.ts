import { expect, it } from 'vitest'
import { start } from '../shared/command-line.ts'
import { folderWith } from '../shared/folder.ts'

it('reports an error that nobody catches, and serves on', async () => {
  const folder = await folderWith({
    'package.json': '{ "type": "module" }',
    'lambda.js': `export const handler = async ({ path }) => {
  if (path === '/throw') setImmediate(() => { throw new Error('boom') })
  return { statusCode: 200, headers: {}, body: path }
}`,
  })
  const args = ['lambda.js', '--port', '0', '--runtime', 'in-process']
  const commandLine = start(args, { folder })
  const url = await commandLine.url()
  await fetch(`${url}/throw`)
  await commandLine.line(/not foreseen, outside of any request; everything else goes on/)
  await commandLine.line(/^Error: boom/)
  expect(await (await fetch(`${url}/next`)).text()).toBe('/next')
})
