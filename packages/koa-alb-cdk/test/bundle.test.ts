import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Template } from 'aws-cdk-lib/assertions'
import { Runtime } from 'aws-cdk-lib/aws-lambda'
import { Stage } from 'aws-cdk-lib/core'
import {
  ApplicationLoadBalancedFunction,
  type ApplicationLoadBalancedFunctionProps,
} from 'koa-alb-cdk'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createService, createStack, entry, vpcOf } from './stack.ts'

const common = fileURLToPath(new URL('fixtures/common/src/my.lambda.js', import.meta.url))
const attributes = fileURLToPath(new URL('fixtures/module/src/attributes.js', import.meta.url))

it('bundles an ES module with what CommonJS packages need, and finds included files where they were', async () => {
  const { folder, handler } = assetOf({ entry, include: ['views'] })
  addSdk(folder)
  expect(handler).toBe('src/lambda.handler')
  const bundle = await import(pathToFileURL(join(folder, 'src/lambda.mjs')).href)
  expect(await bundle.handler()).toEqual({
    view: '<h1>Parts desk</h1>\n',
    where: 'src/lambda.mjs',
    sdk: 'S3Client',
  })
})

it('bundles CommonJS as CommonJS, under a name that Lambda can tell from the export', async () => {
  const { folder, handler } = assetOf({ entry: common, handler: 'serve' })
  expect(handler).toBe('src/my-lambda.serve')
  const bundle = createRequire(import.meta.url)(join(folder, 'src/my-lambda.cjs'))
  expect(await bundle.serve()).toBe('src')
})

it('minifies, with a source map that leaves the sources out', () => {
  const { folder } = assetOf({ entry })
  const { version, sources, sourcesContent } = JSON.parse(read(folder, 'src/lambda.mjs.map'))
  expect({ version, sourcesContent }).toEqual({ version: 3 })
  expect(sources).toEqual(['where.cjs', 'lambda.ts', 'sdk.js'])
  const lines = read(folder, 'src/lambda.mjs').trim().split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toBe('//# sourceMappingURL=lambda.mjs.map')
})

it('neither minifies nor maps when told so', () => {
  const { folder } = assetOf({ entry, bundling: { minify: false, sourceMap: false } })
  expect(existsSync(join(folder, 'src/lambda.mjs.map'))).toBe(false)
  expect(read(folder, 'src/lambda.mjs')).toContain('\n// src/where.cjs\n')
})

it('leaves the SDK out, and what externalModules names', () => {
  const { folder } = assetOf({ entry, bundling: { externalModules: ['./where.cjs'] } })
  const code = read(folder, 'src/lambda.mjs')
  expect(code).toContain('from"@aws-sdk/client-s3"')
  expect(code).toContain('from"./where.cjs"')
})

it('passes format, define and loader on to esbuild', () => {
  const bundling = {
    format: 'esm',
    define: { __dirname: '"/desk"' },
    loader: { '.js': 'ts' },
  } as const
  const { folder } = assetOf({ entry: common, bundling })
  const code = read(folder, 'src/my-lambda.mjs')
  expect(code).toContain('"/desk"')
  expect(code).toContain('export default')
})

it('compiles for the Node version of the runtime', () => {
  const props = { entry: attributes, bundling: { externalModules: ['./parts.json'] } }
  const older = assetOf({ ...props, runtime: Runtime.NODEJS_20_X }).folder
  const newer = assetOf({ ...props, runtime: Runtime.NODEJS_22_X }).folder
  expect(read(older, 'src/attributes.mjs')).toContain('from"./parts.json";')
  expect(read(newer, 'src/attributes.mjs')).toContain('from"./parts.json"with{type:"json"};')
})

it('gives two entries of one package an asset each', () => {
  const stack = createStack()
  createService(stack, { entry })
  const bundling = { externalModules: ['./parts.json'] }
  new ApplicationLoadBalancedFunction(stack, 'Second', {
    entry: attributes,
    bundling,
    vpc: vpcOf(stack, 'Vpc2'),
  })
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))
  expect(new Set(functions.map(({ Properties }) => Properties.Code.S3Key)).size).toBe(2)
})

it('says what to install where there is no esbuild, and never asks Docker', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'koa-alb-cdk-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(common, join(folder, 'lambda.js'))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  onTestFinished(() => void vi.restoreAllMocks())
  expect(() => assetOf({ entry: join(folder, 'lambda.js') })).toThrow(
    `Bundling needs esbuild:\n- There is no esbuild in ${folder} or ${folder}: npm install --save-dev esbuild`,
  )
})

interface Asset {
  folder: string
  handler: string
}

/** What the function is deployed with. */
function assetOf(props: ApplicationLoadBalancedFunctionProps): Asset {
  const stack = createStack()
  createService(stack, props)
  const template = Template.fromStack(stack)
  const [resource] = Object.values(template.findResources('AWS::Lambda::Function'))
  const { Handler: handler, Code: code } = resource?.Properties ?? {}
  const { outdir } = Stage.of(stack) ?? {}
  return { folder: join(outdir ?? '', `asset.${code.S3Key.replace('.zip', '')}`), handler }
}

/** The SDK as the runtime has it, as far as the fixture needs it. */
function addSdk(folder: string): void {
  const sdk = join(folder, 'node_modules/@aws-sdk/client-s3')
  mkdirSync(sdk, { recursive: true })
  writeFileSync(join(sdk, 'index.js'), 'exports.S3Client = class S3Client {}')
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}
