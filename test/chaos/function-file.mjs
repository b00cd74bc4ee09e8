// The function that is served, and what becomes of its file.
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))

const app = (version) => `import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import Koa from 'koa'
import { albHandler } from 'koa-alb'

const version = ${version}
const app = new Koa()

app.use(async (ctx) => {
  const [, kind, id] = ctx.path.split('/')
  const hash = createHash('sha256')
  for await (const chunk of ctx.req) hash.update(chunk)
  if (kind === 'slow') await setTimeout(Number(ctx.query.ms))
  if (kind === 'child') spawn('sleep', ['3600'], { stdio: 'ignore' }).unref()
  if (kind === 'large') ctx.body = id.padEnd(700_000, '.')
  else ctx.body = { id, version, sha256: hash.digest('hex') }
})
`

const handler = 'export const handler = albHandler(app)\n'

const shapes = {
  good: (version) => app(version) + handler,
  'does not build': (version) => `${app(version)}export const handler = (\n`,
  'does not start': (version) => `${app(version)}throw new Error('not today')\n${handler}`,
  'hangs at start': (version) => `${app(version)}await setTimeout(3_600_000)\n${handler}`,
}

export class FunctionFile {
  /** Of the last one that was written and can answer. */
  version = 0
  #file

  constructor(folder) {
    this.#file = join(folder, 'index.mjs')
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
    for (const name of ['koa', 'koa-alb']) {
      symlinkSync(join(modules, name), join(folder, 'node_modules', name))
    }
    this.write('good')
  }

  /** In one step as editors do, or byte by byte as others do. @throws when the disk is full */
  write(shape, atOnce = true) {
    if (shape === 'good') this.version += 1
    const source = shapes[shape](this.version)
    if (!atOnce) return writeFileSync(this.#file, source)
    const beside = join(dirname(this.#file), '.index.mjs.new')
    writeFileSync(beside, source)
    renameSync(beside, this.#file)
  }
}
