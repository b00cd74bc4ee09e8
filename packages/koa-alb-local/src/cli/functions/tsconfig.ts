import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

interface Tsconfig {
  readonly extends?: string | readonly string[]
  readonly compilerOptions?: Readonly<Record<string, unknown>>
}

/** The nearest `tsconfig.json`, if it, or what it extends, asks for the types of decorated members. */
export function metadataFile(folder: string): string | undefined {
  const file = nearest(folder)
  return file && merged(file, []).emitDecoratorMetadata === true ? file : undefined
}

/** The conditions of `exports` that the nearest `tsconfig.json` adds to Node's. */
export function customConditions(folder: string): readonly string[] {
  const file = nearest(folder)
  const { customConditions: conditions } = file ? merged(file, []) : {}
  return Array.isArray(conditions) ? conditions.map(String) : []
}

function nearest(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json')
  if (existsSync(file)) return file
  return folder === dirname(folder) ? undefined : nearest(dirname(folder))
}

function merged(file: string, from: readonly string[]): Readonly<Record<string, unknown>> {
  // One that extends itself is refused by whoever compiles it.
  if (from.includes(file)) return {}
  const { extends: bases = [], compilerOptions } = read(file)
  const inherited = [bases].flat().map((base) => {
    const found = baseFile(base, file)
    return found === undefined ? {} : merged(found, [...from, file])
  })
  return Object.assign({}, ...inherited, compilerOptions)
}

function baseFile(base: string, file: string): string | undefined {
  const candidates = /^[./]|^[A-Z]:/.test(base)
    ? [base, `${base}.json`, join(base, 'tsconfig.json')].map((each) =>
        resolve(dirname(file), each),
      )
    : [base, `${base}.json`, `${base}/tsconfig.json`].map((each) => fromPackage(each, file))
  return candidates.find((each) => each?.endsWith('.json') && existsSync(each))
}

function fromPackage(path: string, file: string): string | undefined {
  try {
    return createRequire(file).resolve(path)
  } catch {
    return undefined
  }
}

/** JSON with comments and commas before the end. */
function read(file: string): Tsconfig {
  const string = String.raw`("(?:\\.|[^"\\])*")`
  const comments = new RegExp(String.raw`${string}|\/\/[^\n]*|\/\*[\s\S]*?\*\/`, 'g')
  const commas = new RegExp(String.raw`${string}|,(?=\s*[}\]])`, 'g')
  const keep = (_whole: string, text: string | undefined): string => text ?? ''
  try {
    const parsed: Tsconfig = JSON.parse(
      readFileSync(file, 'utf8')
        .replace(/^\uFEFF/, '')
        .replace(comments, keep)
        .replace(commas, keep),
    )
    return Object(parsed)
  } catch {
    // esbuild says what is wrong with it.
    return {}
  }
}
