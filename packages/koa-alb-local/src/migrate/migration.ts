import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Adapter, Remark } from './adapters/adapter.ts'
import { adapters, marks } from './adapters/adapters.ts'
import { type Changed, changedManifests, type Loaded } from './changed-manifests.ts'
import { type MigratedFile, migrateFile } from './migrate-file.ts'
import { projectFiles } from './project-files.ts'
import { endOf, startOf, textOf } from './source/nodes.ts'
import { parseSource, placeOf, type SourceFile, UnreadableSource } from './source/source-file.ts'
import { mayUse, usesIn } from './uses.ts'

/** Something at a place of a file. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly column: number
  /** What stands there. */
  readonly found: string
  readonly message: string
  /** The page in `docs/migrate`. */
  readonly page: string | undefined
}

/** What becomes of a project. */
export interface Migration {
  readonly changed: readonly Changed[]
  /** What goes without loss. */
  readonly notes: readonly Finding[]
  readonly undecided: readonly Finding[]
  /** What to install with, when package.json changes. */
  readonly install: string | undefined
}

const atOnce = 32
const mostCharacters = 2_000_000

/** Reads the project and changes nothing. */
export async function migration(folder: string, range: string): Promise<Migration> {
  const { sources, manifests, unreadable } = await projectFiles(folder)
  const found = new Found()
  for (const { path, reason } of unreadable) found.undecided.push(unread(path, reason))
  for await (const read of readAll(folder, sources)) found.add(read)
  const { undecided, notes, loaded } = found
  undecided.push(...usesOf(found.texts, [...found.adapters]))
  const packages = await changedManifests({ folder, manifests, loaded, range })
  undecided.push(...packages.undecided.map(({ path, reason }) => unread(path, reason)))
  const changed = [...found.changed, ...packages.changed]
  return { changed, notes, undecided, install: packages.install }
}

/** What the sources have. */
class Found {
  readonly changed: Changed[] = []
  readonly notes: Finding[] = []
  readonly undecided: Finding[] = []
  readonly loaded: Loaded[] = []
  /** Of sources that may ask a request for its event. */
  readonly texts = new Map<string, string>()
  readonly adapters = new Set<Adapter>()

  add(read: Read): void {
    const { path, text } = read
    if (text === undefined) {
      if (read.isMarked) this.#leave(unread(path, read.reason))
      return
    }
    if (mayUse(text, adapters)) this.texts.set(path, text)
    if (!marks.some((mark) => text.includes(mark))) return
    const findings: Finding[] = []
    const source = parsedOr(path, text, findings)
    for (const each of findings) this.#leave(each)
    if (source) this.#migrate(source)
  }

  #migrate(source: SourceFile): void {
    const { path, text } = source
    const file = checked(source, migrateFile(source))
    const { adapter, modules, after } = file
    if (!adapter) return
    this.adapters.add(adapter)
    this.loaded.push({ path, modules, isMoved: after !== undefined, adapter })
    if (after !== undefined) this.changed.push({ path, before: text, after })
    this.notes.push(...file.notes.map((each) => finding(source, each, adapter)))
    this.undecided.push(...file.undecided.map((each) => finding(source, each, adapter)))
  }

  /** It may load any of them. */
  #leave(each: Finding): void {
    this.undecided.push(each)
    this.loaded.push({ path: each.file, modules: marks, isMoved: false, adapter: undefined })
  }
}

type Read =
  | { readonly path: string; readonly text: string }
  | {
      readonly path: string
      readonly text?: never
      readonly reason: string
      readonly isMarked: boolean
    }

/** In order, some at a time. */
async function* readAll(folder: string, paths: readonly string[]): AsyncGenerator<Read> {
  for (let at = 0; at < paths.length; at += atOnce) {
    yield* await Promise.all(paths.slice(at, at + atOnce).map((path) => readSource(folder, path)))
  }
}

async function readSource(folder: string, path: string): Promise<Read> {
  try {
    const bytes = await readFile(join(folder, path))
    const text = bytes.toString()
    const isMarked = marks.some((mark) => text.includes(mark))
    if (!Buffer.from(text).equals(bytes)) return { path, reason: 'it is not UTF-8', isMarked }
    if (text.length > mostCharacters || isGenerated(text)) {
      return { path, reason: 'it looks like the output of a program', isMarked }
    }
    return { path, text }
  } catch (error) {
    return { path, reason: error instanceof Error ? error.message : String(error), isMarked: true }
  }
}

/** By what stands on top, or lines that nobody writes. */
function isGenerated(text: string): boolean {
  const head = text.slice(0, 500).split('\n')
  const isComment = (line: string): boolean => /^(?:\/\/|\/\*|\*)/.test(line.trim())
  if (head.some((line) => isComment(line) && /@generated|do not edit/i.test(line))) return true
  return text.split('\n', 50).some((line) => line.length > 5000)
}

function parsedOr(path: string, text: string, undecided: Finding[]): SourceFile | undefined {
  try {
    return parseSource(path, text)
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    const message = `cannot be parsed: ${error.message}`
    const place = placeOf(text, error.offset)
    undecided.push({ file: path, ...place, found: '', message, page: undefined })
    return undefined
  }
}

/** What is written must be readable again. */
function checked(source: SourceFile, file: MigratedFile): MigratedFile {
  if (file.after === undefined) return file
  try {
    parseSource(source.path, file.after)
    return file
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error
    const message = `what it would become cannot be parsed: ${error.message}`
    return { ...file, after: undefined, undecided: [{ node: source.ast.program, message }] }
  }
}

function usesOf(texts: ReadonlyMap<string, string>, seen: readonly Adapter[]): Finding[] {
  return [...texts].flatMap(([path, text]) => {
    if (!mayUse(text, seen)) return []
    const findings: Finding[] = []
    const source = parsedOr(path, text, findings)
    if (!source) return findings
    return usesIn(source, seen).map((each) => finding(source, each, pageFor(each, seen)))
  })
}

// Two adapters may have the same member; either page explains it.
function pageFor({ message }: Remark, seen: readonly Adapter[]): Adapter | undefined {
  return seen.find(({ uses }) => uses.some(({ member }) => message.startsWith(`${member} `)))
}

function finding(
  { path, text }: SourceFile,
  { node, message }: Remark,
  adapter: Adapter | undefined,
): Finding {
  const [line = ''] = textOf(text, node).split(/\r?\n/, 1)
  const isWhole = line.length === endOf(node) - startOf(node)
  const found = line.length > 60 || !isWhole ? `${line.slice(0, 59)}…` : line
  return { file: path, ...placeOf(text, startOf(node)), found, message, page: adapter?.page }
}

function unread(path: string, reason: string): Finding {
  return { file: path, line: 1, column: 1, found: '', message: reason, page: undefined }
}
