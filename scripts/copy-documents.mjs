// Puts the documents that messages name beside the build in the current folder: dist/docs.
import { cpSync } from 'node:fs'
import { basename, extname } from 'node:path'

// What is about this repository, not about what a message says.
const left = new Set(['decisions', 'performance.md'])

cpSync('../../docs', 'dist/docs', {
  recursive: true,
  filter: (path) => !left.has(basename(path)) && ['', '.md'].includes(extname(path)),
})
