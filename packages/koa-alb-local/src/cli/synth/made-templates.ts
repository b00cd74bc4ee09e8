import { statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { manifestOf, namedFile } from '../../template/stacks/stack-files.ts'
import { isInside } from '../functions/package-folder.ts'

/** The templates that a command makes, with what it makes beside them. */
export class MadeTemplates {
  readonly #paths: readonly string[]

  constructor(given: readonly string[]) {
    this.#paths = given.map((argument) => namedFile(argument).file)
  }

  /** The first one that is not there. */
  get missing(): string | undefined {
    return this.#paths.find((path) => manifestOf(path) === undefined && !isFile(path))
  }

  covers(file: string): boolean {
    return this.#paths.some((path) => isInside(resolve(file), madeWith(path)))
  }
}

// `cdk.out` is made as a whole, and so is the folder of `.aws-sam/build/template.yaml`.
function madeWith(path: string): string {
  if (extname(path) === '' || path.endsWith('.out')) return resolve(path)
  const folder = dirname(resolve(path))
  return isInside(process.cwd(), folder) ? resolve(path) : folder
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
