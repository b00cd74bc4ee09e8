import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownFolder, removeOwnFolder } from '../../lambda/own-folder.ts'
import { onDisk } from '../../lambda/plug-n-play.ts'
import { bootstrapModule } from '../../lambda/runtime-client.ts'
import { packageFolder } from './package-folder.ts'

/** A module that exports a handler for the app which another file exports, or one that reports. */
export interface AppModule {
  readonly file: string
  /** For a process that starts later: `npm ci` takes it away. */
  putBack(): Promise<void>
  remove(): Promise<void>
}

/** What a process writes before the line that says what is taken for the handler. */
export const saidMark = 'koa-alb-local: '

interface Placed {
  /** What is loaded, and what it was made of. */
  readonly file: string
  readonly source: string
  readonly export: string | undefined
  /** The handler to report on; without it, the app's is made. */
  readonly handler: string | undefined
}

export async function placeAppModule(place: Placed): Promise<AppModule> {
  const cache = join(packageFolder(place.source), 'node_modules/.cache/koa-alb-local')
  const folder = await ownFolder(cache)
  const module = join(folder, 'app.mjs')
  const [name, make] =
    place.handler === undefined
      ? ['app-handler', 'appHandler']
      : ['examined-handler', 'examinedHandler']
  const maker = await onDisk(bootstrapModule(name))
  const code = [
    `import { ${make} } from ${JSON.stringify(pathToFileURL(maker).href)}`,
    `const say = (text) => process.stdout.write(${JSON.stringify(saidMark)} + text + '\\n')`,
    `const place = ${JSON.stringify(place)}`,
    `export const handler = await ${make}({ ...place, say })`,
  ].join('\n')
  const putBack = async (): Promise<void> => {
    if (existsSync(module)) return
    await mkdir(dirname(module), { recursive: true })
    await writeFile(module, code)
  }
  await putBack()
  return { file: module, putBack, remove: () => removeOwnFolder(folder) }
}
