import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { ownFolder, removeOwnFolder } from '../../lambda/own-folder.ts'
import { nameSourcesInFull } from './absolute-sources.ts'
import { bundle, bundleExtension } from './bundle.ts'
import { packageFolder } from './package-folder.ts'

/** A bundle of the function, inside its package, so that its imports are found. */
export interface PlacedBundle {
  readonly file: string
  /** The files it was made of. */
  readonly sources: readonly string[]
  /** Of what is in it. */
  readonly digest: string
  /**
   * For a process that starts later: `npm ci`, or a folder that was replaced, takes the bundle away.
   * @throws Error when the package has gone, too
   */
  putBack(): Promise<void>
  remove(): Promise<void>
}

/** @throws LoadError */
export async function placeBundle(
  source: string,
  nodeOptions: string | undefined,
): Promise<PlacedBundle> {
  const home = packageFolder(source)
  const folder = await ownFolder(join(home, 'node_modules/.cache/koa-alb-local'))
  const remove = (): Promise<void> => removeOwnFolder(folder)
  try {
    const name = parse(source).name.replaceAll('.', '-')
    const file = join(folder, `${name}${await bundleExtension(source)}`)
    const sources = await bundle(source, file, nodeOptions)
    await nameSourcesInFull(file)
    const bytes = await readFile(file)
    const digest = createHash('sha256').update(bytes).digest('hex')
    return { file, sources, digest, putBack: () => putBack(file, bytes, home), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

let count = 0

async function putBack(file: string, bytes: Buffer, home: string): Promise<void> {
  if (existsSync(file)) return
  // Made anew, it would be in the way of what is about to come back.
  if (!existsSync(home)) throw new Error(`${home} has gone`)
  await mkdir(dirname(file), { recursive: true })
  // Under its own name only when it is complete: another process may be starting.
  count += 1
  const unfinished = `${file}.${count}`
  await writeFile(unfinished, bytes)
  await rename(unfinished, file)
}
