import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith, writeIn } from '../../shared/folder.ts'

const manifest = { 'package.json': '{ "type": "module" }' }
const text = async (url: string): Promise<string> => (await fetch(url)).text()

// Each process has one of the requests.
const slow = `export const handler = async () => {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return { statusCode: 200, headers: {}, body: 'slow' }
}
`

it('finds its code when node_modules is made anew', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.js': slow, 'node_modules/a/index.js': '' })
  const url = await start(['lambda.js', '--port', '0', '--watch'], { folder }).url()
  await rm(join(folder, 'node_modules'), { recursive: true })
  await writeIn(folder, 'node_modules/a/index.js', '')
  expect(await Promise.all([text(url), text(url), text(url)])).toEqual(['slow', 'slow', 'slow'])
})

it('serves the folder that took the place of the first, and its later changes', async () => {
  const folder = await folderWith({ 'app/lambda.mjs': answering('one'), ...manifest })
  await writeIn(folder, 'app/package.json', '{}')
  const commandLine = start(['app/lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await rename(join(folder, 'app'), join(folder, 'away'))
  await commandLine.line(/does not exist/)
  await writeIn(folder, 'app/package.json', '{}')
  await writeIn(folder, 'app/lambda.mjs', answering('two'))
  await expect.poll(() => text(url), { timeout: 10_000 }).toBe('two')
  await writeIn(folder, 'app/lambda.mjs', answering('three'))
  await expect.poll(() => text(url), { timeout: 10_000 }).toBe('three')
})

it('serves the folder that was away and is back', async () => {
  const folder = await folderWith({ ...manifest, 'app/lambda.mjs': answering('one') })
  await writeIn(folder, 'app/package.json', '{}')
  const commandLine = start(['app/lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await rename(join(folder, 'app'), join(folder, 'away'))
  await rename(join(folder, 'away'), join(folder, 'app'))
  await writeIn(folder, 'app/lambda.mjs', answering('two'))
  await expect.poll(() => text(url), { timeout: 10_000 }).toBe('two')
})

it.each(['src', '../shared'])('notices that %s was built anew', async (place) => {
  const folder = await folderWith({
    'app/package.json': '{ "type": "module" }',
    'app/lambda.mjs': `export { handler } from './${place}/part.mjs'`,
  })
  const source = join(folder, 'app', place)
  await writeIn(source, 'part.mjs', answering('one'))
  const commandLine = start(['app/lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  for (const version of ['two', 'three']) {
    await rm(source, { recursive: true })
    await mkdir(source)
    await writeIn(source, 'part.mjs', answering(version))
    await expect.poll(() => text(url), { timeout: 10_000 }).toBe(version)
  }
})

it('notices a file that was moved away and is restored', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('one') })
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await rename(join(folder, 'lambda.mjs'), join(folder, 'kept.mjs'))
  await commandLine.line(/lambda\.mjs does not exist/)
  expect(await text(url)).toBe('one')
  await rename(join(folder, 'kept.mjs'), join(folder, 'lambda.mjs'))
  await commandLine.line(/reloaded lambda\.mjs/)
  expect(await text(url)).toBe('one')
})

it('says that the folder has gone, and serves it again when it is back', async () => {
  const folder = await folderWith({ 'app/lambda.mjs': slow, 'app/package.json': '{}' })
  const cwd = join(folder, 'app')
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder: cwd })
  const url = await commandLine.url()
  await rename(cwd, join(folder, 'away'))
  await commandLine.line(/does not exist/)
  const statuses = await Promise.all(
    [fetch(url), fetch(url)].map(async (each) => (await each).status),
  )
  expect(statuses.sort()).toEqual([200, 502])
  expect(await commandLine.line(/has gone/)).toMatch(/app has gone$/)
  await rename(join(folder, 'away'), cwd)
  await commandLine.line(/reloaded lambda\.mjs/)
  expect(await Promise.all([text(url), text(url)])).toEqual(['slow', 'slow'])
})
