import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Format } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

// The managed runtimes run with require(esm) disabled.
const asLambda = '--no-experimental-require-module'
const answer = { statusCode: 200, body: 'GET /parts?size=4', isBase64Encoded: false }
const names = ['AlbError', 'albHandler', 'invocation', 'isAlbEvent']

let project: Project
beforeAll(async () => {
  project = await createProject(
    ['aws-cdk-lib', 'constructs', 'koa', 'supertest'],
    [
      'call.cjs',
      'construct.cjs',
      'construct.mjs',
      'handler.cjs',
      'handler.mjs',
      'listener.mjs',
      'supertest.cjs',
      'supertest.mjs',
    ],
  )
})
afterAll(() => project.remove())

describe.each(['handler.mjs', 'handler.cjs'])('the packed adapter in %s', (file) => {
  it('answers an event', async () => {
    const printed = await project.run(process.execPath, [asLambda, 'call.cjs', file])
    expect(JSON.parse(printed)).toMatchObject(answer)
  })
})

it('gives the same names to import and to require', async () => {
  const script = 'import("koa-alb").then((esm) => console.log(Object.keys(esm).join()))'
  const imported = await project.run(process.execPath, ['-e', script])
  const required = await project.run(process.execPath, [
    asLambda,
    '-p',
    'Object.keys(require("koa-alb")).join()',
  ])
  expect(imported.trim().split(',')).toEqual(names)
  expect(required.trim().split(',').sort()).toEqual(names)
})

it('knows an AlbError of the other format by instanceof', async () => {
  const script = `import("koa-alb").then(async (esm) => {
    const { AlbError } = require("koa-alb")
    const error = await esm.albHandler(() => {})({}).catch((reason) => reason)
    console.log(AlbError === esm.AlbError, error instanceof AlbError, new Error() instanceof AlbError)
  })`
  expect(await project.run(process.execPath, [asLambda, '-e', script])).toBe('false true false\n')
})

describe.each<[Format, string]>([
  ['esm', 'bundle.mjs'],
  ['cjs', 'bundle.cjs'],
])('an esbuild bundle in format %s', (format, file) => {
  it('answers an event and adds less than 44 kB to the function', async ({ annotate }) => {
    const outfile = join(project.folder, file)
    const entry = join(project.folder, 'listener.mjs')
    await build({
      entryPoints: [entry],
      outfile,
      format,
      platform: 'node',
      bundle: true,
      minify: true,
    })
    const printed = await project.run(process.execPath, [asLambda, 'call.cjs', file])
    expect(JSON.parse(printed)).toMatchObject(answer)
    const { size } = await stat(outfile)
    await annotate(`${format}, minified: ${size} bytes`)
    expect(size).toBeLessThan(44_000)
  })
})

describe.each(['supertest.mjs', 'supertest.cjs'])('the packed load balancer in %s', (file) => {
  it('is what supertest takes', async () => {
    const printed = await project.run(process.execPath, [asLambda, file])
    expect(printed).toBe('200 GET /parts?size=4\n')
  })
})

describe.each(['construct.mjs', 'construct.cjs'])('the packed construct in %s', (file) => {
  it('bundles the entry and synthesizes a stack', async () => {
    const output = join(project.folder, `${file}.out`)
    const printed = await project.run(process.execPath, [asLambda, file, output])
    expect(printed).toBe('listener.handler\n')
  })
})
