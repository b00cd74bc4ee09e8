import { stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { existsNoted, readNoted } from '../files/noted-files.ts'
import { ownFolder } from '../lambda/own-folder.ts'
import { unpacked } from './archive.ts'
import { asObject, TemplateError } from './read-template.ts'
import type { Resource } from './resources.ts'

/** The folder or archive of each asset, by its key in the bucket. */
export type Assets = ReadonlyMap<string, string>

/** The assets that the manifest beside a synthesized template lists; none beside any other. */
export async function readAssets(templateFile: string): Promise<Assets> {
  const folder = dirname(resolve(templateFile))
  const manifest = await readJson(join(folder, 'manifest.json'))
  const assets = new Map<string, string>()
  for (const artifact of Object.values(asObject(manifest.artifacts)).map(asObject)) {
    if (artifact.type !== 'cdk:asset-manifest') continue
    const list = await readJson(join(folder, String(asObject(artifact.properties).file)))
    for (const file of Object.values(asObject(list.files)).map(asObject)) {
      const path = resolve(folder, String(asObject(file.source).path))
      for (const destination of Object.values(asObject(file.destinations)).map(asObject)) {
        assets.set(String(destination.objectKey), path)
      }
    }
  }
  return assets
}

export interface CodeSources {
  /** Paths are relative to its folder. */
  readonly templateFile: string
  readonly assets: Assets
  /** A folder or archive from the command line, before all others. */
  readonly given: string | undefined
}

/**
 * The folder with the code of a function.
 * @throws TemplateError when it is not on this machine
 */
export async function codeFolder(
  { id, properties, metadata }: Resource,
  { templateFile, assets, given }: CodeSources,
  name = 'Code',
): Promise<string> {
  if (given !== undefined) return checked(`--code ${id}`, resolve(given))
  const { Code } = properties
  const base = dirname(resolve(templateFile))
  const place = `Resources.${id}.Properties.${name}`
  if (typeof Code === 'string' && !/^(?:s3|https?):/.test(Code)) {
    return checked(place, resolve(base, Code))
  }
  const { ZipFile, S3Key } = asObject(Code)
  if (typeof ZipFile === 'string') return inlineFolder(ZipFile)
  const asset = assets.get(String(S3Key))
  if (asset) return checked(place, asset)
  // The Serverless Framework leaves the archive beside the template it has packaged.
  const beside = typeof S3Key === 'string' ? resolve(base, basename(S3Key)) : undefined
  if (beside !== undefined && existsNoted(beside)) return checked(place, beside)
  const path = metadata['aws:asset:path']
  if (typeof path === 'string') return checked(place, resolve(base, path))
  throw new TemplateError(`${place} is not on this machine (--code ${id}=./folder)`)
}

async function checked(place: string, path: string): Promise<string> {
  if (!existsNoted(path)) {
    throw new TemplateError(`${place}: ${path} does not exist; is it built?`)
  }
  if ((await stat(path)).isDirectory()) return path
  // SAM and others build archives under the names of their hashes.
  if (path.endsWith('.zip') || !/\.\w+$/.test(path)) return unpacked(path)
  throw new TemplateError(`${place}: ${path} is no folder and no .zip file`)
}

const inlineFolders = new Map<string, Promise<string>>()

function inlineFolder(code: string): Promise<string> {
  const folder = inlineFolders.get(code) ?? writeInline(code)
  inlineFolders.set(code, folder)
  return folder
}

// CloudFormation puts inline code into a file of this name.
async function writeInline(code: string): Promise<string> {
  const folder = await ownFolder(tmpdir(), 'koa-alb-local-')
  await writeFile(join(folder, 'index.js'), code)
  return folder
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  return existsNoted(file) ? asObject(JSON.parse(await readNoted(file))) : {}
}
