import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lambdaFunction } from '../shared/lambda-function.ts'

const hooks = {
  '.pnp.cjs': "globalThis.hook = 'hook'",
  '.pnp.loader.mjs': `export const resolve = (name, context, next) =>
    name === 'packed' ? { url: 'data:text/javascript,export default "packed"', shortCircuit: true } : next(name, context)`,
}
const handler = `import packed from 'packed'
export const handler = async () => [globalThis.hook, packed]`

it("finds the function's packages with the hooks that Yarn writes", async () => {
  const { call } = await lambdaFunction({ ...hooks, 'lambda.mjs': handler })
  expect(await call()).toEqual(['hook', 'packed'])
})

it('takes the hooks of the nearest folder above that has them', async () => {
  const { call, folder } = await lambdaFunction(hooks, {
    handler: 'a/node_modules/.cache/b.handler',
  })
  await mkdir(join(folder, 'a/node_modules/.cache'), { recursive: true })
  await writeFile(join(folder, 'a/node_modules/.cache/b.mjs'), handler)
  expect(await call()).toEqual(['hook', 'packed'])
})

it('leaves packages that are nearer than the hooks to Node', async () => {
  const { call, folder } = await lambdaFunction(hooks, { handler: 'asset/lambda.handler' })
  const packed = join(folder, 'asset/node_modules/packed')
  await mkdir(packed, { recursive: true })
  await writeFile(join(packed, 'index.js'), "module.exports = 'of the asset'")
  await writeFile(join(folder, 'asset/lambda.mjs'), handler)
  expect(await call()).toEqual([null, 'of the asset'])
})
