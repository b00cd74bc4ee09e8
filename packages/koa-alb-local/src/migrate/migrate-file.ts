import type { Adapter, Remark } from './adapters/adapter.ts'
import { adapterOf } from './adapters/adapters.ts'
import { Reading } from './reading.ts'
import { edited, OverlappingEdits } from './source/edits.ts'
import { importsIn } from './source/imports.ts'
import { namesOf } from './source/scopes.ts'
import type { SourceFile } from './source/source-file.ts'

/** What becomes of a file. */
export interface MigratedFile {
  /** The packages of adapters that it loads. */
  readonly modules: readonly string[]
  readonly adapter: Adapter | undefined
  /** Its text afterwards; undefined when it stays as it is. */
  readonly after: string | undefined
  /** What goes with the adapter. */
  readonly notes: readonly Remark[]
  /** Why it stays as it is. */
  readonly undecided: readonly Remark[]
}

/** Puts koa-alb in the place of the adapter, all over the file or not at all. */
export function migrateFile(source: SourceFile): MigratedFile {
  const { text, ast } = source
  const names = namesOf(ast.program)
  const imports = importsIn(ast.program, names, (module) => Boolean(adapterOf(module)))
  const first = imports.find(({ form }) => form.kind !== 'unknown') ?? imports[0]
  const modules = imports.map(({ module }) => module)
  const adapter = first && adapterOf(first.module)
  const left = { modules, adapter, after: undefined, notes: [] }
  if (!first || !adapter) return { ...left, undecided: [] }
  const other = imports.find(
    ({ module, form }) => form.kind !== 'unknown' && adapterOf(module) !== adapter,
  )
  if (other) {
    const message = `${other.module} is loaded here, too: one file is moved from one adapter`
    return { ...left, undecided: [{ node: other.literal, message }] }
  }
  const reading = new Reading(adapter, imports, names, source)
  const { edits, notes, undecided } = reading.result()
  if (undecided.length > 0) return { ...left, undecided }
  try {
    return { ...left, after: edited(text, edits), notes, undecided }
  } catch (error) {
    if (!(error instanceof OverlappingEdits)) throw error
    return { ...left, undecided: [{ node: first.literal, message: error.message }] }
  }
}
