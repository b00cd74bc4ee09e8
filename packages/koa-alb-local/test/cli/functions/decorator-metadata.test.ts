import { expect, it } from 'vitest'
import { start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const source = (decorator: string): string => `
function noted(): any { return () => {} }
class Service { ${decorator} run(name: string) { return name } }
export const handler = async () => ({ statusCode: 200, headers: {}, body: new Service().run('ok') })
`

const files = (decorator: string): Record<string, string> => ({
  'package.json': '{ "type": "module" }',
  'base.json':
    '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, }, }',
  'tsconfig.json': '{ "extends": "./base.json" } // of all',
  'lambda.ts': source(decorator),
})

it('refuses decorators whose metadata esbuild leaves out, with what to serve instead', async () => {
  const folder = await folderWith(files('@noted()'))
  const commandLine = start(['lambda.ts', '--port', '0', '--no-watch'], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain(
    'tsconfig.json has emitDecoratorMetadata, which esbuild does not do: serve what tsc has built, dist/lambda.js instead of src/lambda.ts',
  )
})

it('serves code without decorators beside a tsconfig.json that asks for their metadata', async () => {
  const folder = await folderWith(files('/* @noted() */'))
  const commandLine = start(['lambda.ts', '--port', '0', '--no-watch'], { folder })
  expect(await (await fetch(await commandLine.url())).text()).toBe('ok')
})
