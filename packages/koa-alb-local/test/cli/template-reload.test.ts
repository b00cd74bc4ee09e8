import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answering, type CommandLine, start } from '../shared/command-line.ts'
import { folderWith, writeIn } from '../shared/folder.ts'
import { permission, resources, webListener } from '../shared/template.ts'

const text = async (url: string): Promise<string> => (await fetch(url)).text()

const teapot = `
  Teapot:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Web
      Priority: 1
      Conditions: [{ Field: path-pattern, Values: [/tea] }]
      Actions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '418' } }]
`
const template = resources + permission + webListener('Api')

function serve(folder: string, args: readonly string[]): CommandLine {
  return start([...args, '--port', '0', '--watch'], { folder })
}

it('serves a template that changed', async () => {
  const folder = await folderWith({
    'app.yaml': template,
    'api/lambda.mjs': answering('api'),
  })
  const commandLine = serve(folder, ['--template', 'app.yaml'])
  const url = await commandLine.url()
  await writeIn(folder, 'app.yaml', template + teapot)
  await commandLine.line(/^app\.yaml changed: rule Teapot added$/)
  expect((await fetch(`${url}/tea`)).status).toBe(418)
  expect(await text(url)).toBe('api')
})

it('serves a nested template that appears, and its changes', async () => {
  const outer = `
  Parts:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: parts.yaml
      Parameters: { Web: !Ref Web }
`
  const nested = `Parameters: { Web: { Type: String } }
Resources:${teapot}`
  const folder = await folderWith({
    'app.yaml': template + outer,
    'api/lambda.mjs': answering('api'),
  })
  const commandLine = serve(folder, ['--template', 'app.yaml'])
  const url = await commandLine.url()
  expect((await fetch(`${url}/tea`)).status).toBe(200)
  await writeIn(folder, 'parts.yaml', nested)
  await commandLine.line(/^parts\.yaml changed: rule Teapot added$/)
  expect((await fetch(`${url}/tea`)).status).toBe(418)
  await writeIn(folder, 'parts.yaml', nested.replace('418', '429'))
  await commandLine.line(/^parts\.yaml changed: rule Teapot changed$/)
  expect((await fetch(`${url}/tea`)).status).toBe(429)
})

const artifacts = {
  App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } },
}

it('serves a cdk.out that was made anew', async () => {
  const folder = await folderWith({
    'cdk.out/manifest.json': JSON.stringify({ artifacts }),
    'cdk.out/App.template.json': template,
    'cdk.out/api/lambda.mjs': answering('one'),
  })
  const out = join(folder, 'cdk.out')
  const commandLine = serve(folder, ['--template', 'cdk.out'])
  const url = await commandLine.url()
  expect(await text(url)).toBe('one')
  await cp(out, join(folder, 'next'), { recursive: true })
  await writeIn(folder, 'next/App.template.json', template.replaceAll('api', 'asset.2') + teapot)
  await rename(join(folder, 'next/api'), join(folder, 'next/asset.2'))
  await writeIn(folder, 'next/asset.2/lambda.mjs', answering('two'))
  await rm(out, { recursive: true })
  await rename(join(folder, 'next'), out)
  await commandLine.line(/rule Teapot added, function ApiFunction started anew$/)
  expect(await text(url)).toBe('two')
  expect((await fetch(`${url}/tea`)).status).toBe(418)
})

it('keeps a function whose code is gone while it is built', async () => {
  const folder = await folderWith({ 'app.yaml': template, 'api/lambda.mjs': answering('one') })
  const commandLine = serve(folder, ['--template', 'app.yaml'])
  const url = await commandLine.url()
  await rm(join(folder, 'api'), { recursive: true })
  await commandLine.line(/Properties\.Code: .*api does not exist; is it built\?$/)
  expect(await text(url)).toBe('one')
  await writeIn(folder, 'api/lambda.mjs', answering('two'))
  await expect.poll(() => text(url)).toBe('two')
})

it('loads a function whose code was missing at the start', async () => {
  const folder = await folderWith({ 'app.yaml': template })
  const commandLine = serve(folder, ['--template', 'app.yaml'])
  const url = await commandLine.url()
  expect((await fetch(url)).status).toBe(502)
  await writeIn(folder, 'api/lambda.mjs', answering('built'))
  await expect.poll(() => text(url)).toBe('built')
})

it('keeps the last good template while one is broken', async () => {
  const folder = await folderWith({ 'app.yaml': template, 'api/lambda.mjs': answering('api') })
  const commandLine = serve(folder, ['--template', 'app.yaml'])
  const url = await commandLine.url()
  await writeIn(folder, 'app.yaml', `${template}\n  Broken: [`)
  await commandLine.line(/^app\.yaml: /)
  expect(await text(url)).toBe('api')
  await writeIn(folder, 'app.yaml', template + teapot)
  await commandLine.line(/rule Teapot added/)
  expect((await fetch(`${url}/tea`)).status).toBe(418)
})
