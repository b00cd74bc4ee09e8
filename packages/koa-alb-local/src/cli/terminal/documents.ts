import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../docs', import.meta.url))

/** Where the documents are that messages name, from the working folder. */
export const documentsFolder = relative('', folder) || '.'

/** Says once, after the first line that names a document, where that is. */
export class DocumentsHint {
  #isSaid = false

  /** A line to print after `text`, or nothing. */
  after(text: string): string {
    if (this.#isSaid || !/\bdocs\/[a-z-]+\.md/.test(text)) return ''
    this.#isSaid = true
    return `    docs/ is ${documentsFolder}\n`
  }
}
