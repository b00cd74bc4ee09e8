import { migrateFile } from '../../src/migrate/migrate-file.ts'
import { parseSource, placeOf } from '../../src/migrate/source/source-file.ts'

/** What the text becomes, or why it stays: a line for each reason, with its place. */
export function migrated(text: string, path = 'lambda.js'): string | readonly string[] {
  const { after, undecided } = migrateFile(parseSource(path, text))
  if (after !== undefined) return after
  return undecided.map(({ node, message }) => {
    const { line, column } = placeOf(text, node.start ?? 0)
    return `${line}:${column} ${message}`
  })
}
