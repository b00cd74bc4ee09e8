import { cp, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { existsNoted } from '../files/noted-files.ts'
import { ownFolder } from '../lambda/own-folder.ts'
import { type CodeSources, codeFolder } from './code-folder.ts'
import type { Resource, Resources } from './resources.ts'

/** The variables by which a function finds its layers. */
export type LayerVariables = Readonly<Record<string, string>>

interface Layers {
  /** None without layers. */
  readonly variables: LayerVariables
  /** Layers that are not here, a line for each. */
  readonly notes: readonly string[]
}

/**
 * The layers of a function, one over the other in a folder of their own that stands for `/opt`.
 * @throws TemplateError when the content of one is not on this machine
 */
export async function readLayers(
  { id, properties }: Resource,
  resources: Resources,
  sources: CodeSources & { readonly code: Readonly<Record<string, string>> },
): Promise<Layers> {
  const names = Array.isArray(properties.Layers) ? properties.Layers.map(String) : []
  const known = resources.ofType('AWS::Lambda::LayerVersion')
  const found = names.flatMap((name) => known.filter((layer) => layer.id === name))
  const notes = names
    .filter((name) => !found.some((layer) => layer.id === name))
    .map((name) => `${id} runs without layer ${name}, which is not in the template`)
  if (found.length === 0) return { variables: {}, notes }
  const contents: LayerContent[] = []
  for (const layer of found) contents.push(await layerContent(layer, sources))
  const folder = await folderOf(contents)
  return { variables: await variablesFor(folder, String(properties.Runtime)), notes }
}

interface LayerContent {
  readonly path: string
  /** Where in the folder it is to be. */
  readonly inside: string
}

const folders = new Map<string, Promise<string>>()

// The same folder for the same files: functions whose layers are as before are as before.
async function folderOf(contents: readonly LayerContent[]): Promise<string> {
  const versions = await Promise.all(contents.map(({ path }) => versionOf(path)))
  const key = JSON.stringify([contents, versions])
  const folder = folders.get(key) ?? copied(contents)
  folders.set(key, folder)
  return folder
}

async function copied(contents: readonly LayerContent[]): Promise<string> {
  const folder = await ownFolder(tmpdir(), 'koa-alb-local-')
  for (const { path, inside } of contents) await cp(path, join(folder, inside), { recursive: true })
  return folder
}

async function versionOf(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true })
  const versions = names.map(async (name) => {
    const found = await stat(join(path, name)).catch(() => undefined)
    return found?.isDirectory() ? '' : `${name} ${found?.size} ${found?.mtimeMs}`
  })
  return (await Promise.all(versions)).sort()
}

async function layerContent(
  layer: Resource,
  { code, ...sources }: CodeSources & { readonly code: Readonly<Record<string, string>> },
): Promise<LayerContent> {
  const given = code[layer.id]
  const built = resolve(dirname(layer.file), '.aws-sam/build', layer.id)
  const isMade = layer.metadata.BuildMethod !== undefined && given === undefined
  if (isMade && existsNoted(built)) return { path: built, inside: '.' }
  const content = { ...layer.properties, Code: layer.properties.Content }
  const path = await codeFolder(
    { ...layer, properties: content },
    { ...sources, templateFile: layer.file, given },
    'Content',
  )
  // `sam build` installs a package there.
  const isPackage = isMade && existsNoted(join(path, 'package.json'))
  return { path, inside: isPackage ? 'nodejs' : '.' }
}

async function variablesFor(folder: string, runtime: string): Promise<LayerVariables> {
  const major = /\d+/.exec(runtime)?.[0] ?? ''
  const places = [`nodejs/node${major}/node_modules`, 'nodejs/node_modules']
  const preload = join(folder, '.koa-alb-local.cjs')
  await writeFile(preload, mapping(folder))
  return {
    NODE_PATH: places.map((place) => join(folder, place)).join(delimiter),
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
  }
}

// `require('/opt/nodejs/file')` is how functions take files of a layer that are no packages. Node 20
// has no hooks for it, only the member that they replace.
function mapping(folder: string): string {
  return `const module_ = require('node:module')
const mapped = (name) => (name.startsWith('/opt/') ? ${JSON.stringify(folder)} + name.slice(4) : name)
if (module_.registerHooks) {
  module_.registerHooks({ resolve: (name, context, next) => next(mapped(name), context) })
} else {
  const resolve = module_._resolveFilename
  module_._resolveFilename = (name, ...rest) => resolve(mapped(name), ...rest)
}
`
}
