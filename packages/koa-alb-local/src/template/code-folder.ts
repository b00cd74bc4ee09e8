import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
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

/**
 * The folder with the code of a function.
 * @throws TemplateError when it is not on this machine
 */
export async function codeFolder(
  { id, properties, metadata }: Resource,
  templateFile: string,
  assets: Assets,
): Promise<string> {
  const { Code } = properties
  const base = dirname(resolve(templateFile))
  if (typeof Code === 'string') return checked(id, resolve(base, Code))
  const { ZipFile, S3Key } = asObject(Code)
  if (typeof ZipFile === 'string') return inlineFolder(ZipFile)
  const asset = assets.get(String(S3Key))
  if (asset) return checked(id, asset)
  const path = metadata['aws:asset:path']
  if (typeof path === 'string') return checked(id, resolve(base, path))
  throw new TemplateError(
    `Resources.${id}.Properties.Code is not on this machine: give a folder in Code, or the template in cdk.out`,
  )
}

async function checked(id: string, path: string): Promise<string> {
  if (!existsSync(path)) {
    throw new TemplateError(`Resources.${id}.Properties.Code: ${path} does not exist; is it built?`)
  }
  if ((await stat(path)).isDirectory()) return path
  if (path.endsWith('.zip')) return unpacked(path)
  throw new TemplateError(`Resources.${id}.Properties.Code: ${path} is no folder and no .zip file`)
}

// CloudFormation puts inline code into a file of this name.
async function inlineFolder(code: string): Promise<string> {
  const folder = await ownFolder(tmpdir(), 'koa-alb-local-')
  await writeFile(join(folder, 'index.js'), code)
  return folder
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  return existsSync(file) ? asObject(JSON.parse(await readFile(file, 'utf8'))) : {}
}
