import { existsSync, readFileSync } from 'node:fs'
import { build, type ImportKind, type PluginBuild } from 'esbuild'

interface Wanted {
  readonly path: string
  readonly kind: ImportKind
  readonly resolveDir: string
}

/**
 * What packages of the workspace have for the condition `development`, which Node does not know by
 * itself. esbuild has conditions for a whole build, and packages from elsewhere stay as Node finds them:
 * so there is a second build, which does nothing but look up.
 */
export class DevelopmentSources {
  readonly #conditions: readonly string[]
  #opening: Promise<PluginBuild> | undefined
  #close = (): void => {}

  constructor(conditions: readonly string[]) {
    this.#conditions = conditions
  }

  /** The file; undefined where the package has none. */
  async find({ path, ...options }: Wanted, manifest: string): Promise<string | undefined> {
    if (!existsSync(manifest)) return undefined
    if (!readFileSync(manifest, 'utf8').includes('"development"')) return undefined
    this.#opening ??= this.#open()
    const { resolve } = await this.#opening
    const found = await resolve(path, options)
    return found.errors.length > 0 ? undefined : found.path
  }

  close(): void {
    this.#close()
  }

  #open(): Promise<PluginBuild> {
    const closed = new Promise<void>((close) => {
      this.#close = close
    })
    return new Promise((resolve, reject) => {
      const waiting = {
        name: 'waiting',
        setup(opened: PluginBuild): void {
          opened.onStart(() => {
            resolve(opened)
            return closed
          })
        },
      }
      build({
        stdin: { contents: '' },
        bundle: true,
        write: false,
        platform: 'node',
        mainFields: ['main'],
        conditions: ['development', ...this.#conditions],
        plugins: [waiting],
        logLevel: 'silent',
      }).catch(reject)
    })
  }
}
