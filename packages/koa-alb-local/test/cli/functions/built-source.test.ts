import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { type CommandLine, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'
import { permission, resources, webListener } from '../../shared/template.ts'

const source = `interface Event { readonly path: string }

export const handler = async ({ path }: Event): Promise<never> => {
  throw new Error('broken ' + path)
}
`
const place = /src\/lambda\.ts:4:9/

type Map = 'external' | 'inline' | 'linked'

/** A project whose function has been built, small and in one line, into this folder. */
async function built(to: string, sourcemap: Map, files = {}): Promise<string> {
  const manifest = { 'package.json': '{ "type": "module" }' }
  const folder = await folderWith({ ...manifest, 'src/lambda.ts': source, ...files })
  await build({
    entryPoints: [join(folder, 'src/lambda.ts')],
    outfile: join(folder, to, 'lambda.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    sourcemap,
  })
  return folder
}

async function broken(commandLine: CommandLine): Promise<string> {
  expect((await fetch(await commandLine.url())).status).toBe(502)
  return commandLine.line(place)
}

describe.each(['--no-watch', '--watch'])('the place in the source, with %s', (watch) => {
  it.each([
    ['beside it', 'linked', []],
    ['in it', 'inline', []],
    ['in it, in this process', 'inline', ['--runtime', 'in-process']],
    ['in it, on a log as on Lambda', 'inline', ['--log-format', 'lambda']],
  ] as const)('is named for a built file with a map %s', async (_, map, args) => {
    const folder = await built('dist', map)
    const options = ['dist/lambda.js', '--port', '0', watch, ...args]
    expect(await broken(start(options, { folder }))).toMatch(place)
  })

  it('is named for the asset of a template', async () => {
    const template = resources + permission + webListener('Api')
    const text = template.replace('Code: api', 'Code: cdk.out/asset.1')
    const folder = await built('cdk.out/asset.1', 'linked', {
      'app.yaml': text,
      'cdk.out/asset.1/package.json': '{ "type": "module" }',
    })
    const args = ['--template', 'app.yaml', '--import', 'Subnets=subnet-1', '--port', '0', watch]
    expect(await broken(start([...args, '--import', 'Table=t'], { folder }))).toMatch(place)
  })
})

it('is named in the inspector', async () => {
  const folder = await built('dist', 'linked')
  const args = ['dist/lambda.js', '--port', '0', '--inspector', '0', '--no-watch']
  const commandLine = start(args, { folder })
  await broken(commandLine)
  const line = await commandLine.line(/for scripts and agents: http/)
  const page = new URL(/http\S+/.exec(line)?.[0] ?? '')
  const headers = { authorization: `Bearer ${page.searchParams.get('token')}` }
  const exchange = await fetch(`${page.origin}/api/exchanges/1`, { headers })
  expect(JSON.parse(await exchange.text()).error.text).toMatch(place)
})
