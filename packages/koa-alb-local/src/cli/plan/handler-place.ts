import { basename, dirname, join, parse, resolve } from 'node:path'
import { existsNoted } from '../../files/noted-files.ts'
import { asObject } from '../../template/read-template.ts'
import type { Resource } from '../../template/resources.ts'

const extensions = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']

/** The file with a handler as Lambda writes it, `dist/lambda.handler`, if it is there. */
export function handlerFile(folder: string, handler: string): string | undefined {
  const path = join(folder, dirname(handler), moduleName(handler))
  return extensions.map((extension) => path + extension).find(existsNoted)
}

/** The last part of the path of a module, without its extension. */
export function moduleName(handler: string): string {
  return basename(handler).split('.')[0] ?? ''
}

interface HandlerPlace {
  readonly folder: string
  readonly handler: string
}

/**
 * Where the handler of a function is that a build moves: `sam build` with esbuild puts an entry point
 * beside the template's root, and whatever else it makes into `.aws-sam/build`.
 */
export function handlerPlace(
  { id, properties, metadata }: Resource,
  folder: string,
  templateFile: string,
): HandlerPlace | undefined {
  const { Handler } = properties
  if (typeof Handler !== 'string' || handlerFile(folder, Handler)) return undefined
  const name = moduleName(Handler)
  const { EntryPoints } = asObject(metadata.BuildProperties)
  const entries = Array.isArray(EntryPoints) ? EntryPoints.map(String) : []
  const entry = entries.find((each) => parse(each).name === name)
  if (entry !== undefined) {
    const moved = join(dirname(entry), basename(Handler))
    if (handlerFile(folder, moved)) return { folder, handler: moved }
  }
  const built = resolve(dirname(templateFile), '.aws-sam/build', id)
  return handlerFile(built, Handler) ? { folder: built, handler: Handler } : undefined
}
