import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const strict = {
  target: 'ES2023',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  esModuleInterop: true,
  noEmit: true,
}

let project: Project
beforeAll(async () => {
  project = await createProject(
    ['@types/aws-lambda', '@types/express', '@types/koa', '@types/node', 'express', 'koa'],
    ['old-lib.ts', 'right.ts', 'wrong.ts'],
  )
  for (const extension of ['mts', 'cts']) {
    for (const name of ['right', 'wrong']) {
      await writeFile(join(project.folder, `${name}.${extension}`), await source(`${name}.ts`))
    }
  }
})
afterAll(() => project.remove())

describe.each([
  ['ESM in nodenext', 'mts', { module: 'nodenext' }],
  ['CommonJS in nodenext', 'cts', { module: 'nodenext' }],
  ['bundler resolution', 'ts', { module: 'esnext', moduleResolution: 'bundler' }],
])('%s', (_name, extension, options) => {
  it('compiles right uses and finds an error in each wrong one', async () => {
    expect(await compile(options, [`right.${extension}`, `wrong.${extension}`])).toBe('')
  })
})

// Without this the test above would pass too if @ts-expect-error met the wrong error.
it('names the error of each wrong use', async () => {
  const bare = (await source('wrong.ts')).replaceAll(/\/\/ @ts-expect-error/g, '//')
  await writeFile(join(project.folder, 'bare.mts'), bare)
  const failure = await compile({ module: 'nodenext' }, ['bare.mts']).catch(String)
  expect(failure.match(/^bare.*error TS\d+/gm)).toEqual([
    'bare.mts(9,1): error TS2554',
    'bare.mts(11,12): error TS2345',
    'bare.mts(13,14): error TS2353',
    'bare.mts(15,12): error TS2345',
    'bare.mts(17,14): error TS2322',
    'bare.mts(19,1): error TS2554',
    'bare.mts(21,14): error TS2345',
    'bare.mts(23,64): error TS2322',
    'bare.mts(25,29): error TS2345',
    'bare.mts(27,19): error TS2322',
    'bare.mts(29,19): error TS2322',
    'bare.mts(31,19): error TS2353',
  ])
})

// `skipLibCheck` is off unless a project sets it: then the declarations themselves are compiled.
describe.each(['es2018', 'es2020'])('in a project with lib %s and skipLibCheck off', (lib) => {
  const options = {
    target: lib,
    lib: [lib],
    skipLibCheck: false,
    exactOptionalPropertyTypes: false,
  }

  it.each(['koa-alb', 'koa-alb-local'])('every declaration of %s compiles', async (name) => {
    const files = await declarations(name)
    expect(files).toContain(`node_modules/${name}/dist/cjs/index.d.ts`)
    expect(await compile({ ...options, module: 'nodenext' }, files)).toBe('')
  })

  it.each([
    ['CommonJS', 'ts', { module: 'commonjs', moduleResolution: 'bundler' }],
    ['ESM', 'mts', { module: 'nodenext' }],
  ])('a handler compiles as %s', async (_name, extension, modules) => {
    const file = `old-lib.${extension}`
    await writeFile(join(project.folder, file), await source('old-lib.ts'))
    expect(await compile({ ...options, ...modules }, [file])).toBe('')
  })
})

async function declarations(name: string): Promise<string[]> {
  const dist = join('node_modules', name, 'dist')
  const files = await readdir(join(project.folder, dist), { recursive: true })
  return files.filter((file) => file.endsWith('.d.ts')).map((file) => join(dist, file))
}

async function source(name: string): Promise<string> {
  return readFile(join(project.folder, name), 'utf8')
}

async function compile(options: object, files: string[]): Promise<string> {
  const config = { compilerOptions: { ...strict, ...options }, files }
  await writeFile(join(project.folder, 'tsconfig.json'), JSON.stringify(config))
  return project.run(process.execPath, [tsc, '--pretty', 'false', '-p', 'tsconfig.json'])
}
