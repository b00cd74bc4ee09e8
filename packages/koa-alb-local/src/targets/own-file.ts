import { fileURLToPath } from 'node:url'

/**
 * The path of this file, in both builds: `import.meta` is a syntax error in CommonJS, `__filename`
 * is not defined in ES modules, and a call site knows its file in either.
 */
export function ownFile(): string {
  const { prepareStackTrace } = Error
  let file: string | null | undefined
  Error.prepareStackTrace = (_error, [site]) => {
    file = site?.getFileName()
  }
  // The stack is formatted when it is read.
  void new Error().stack
  Error.prepareStackTrace = prepareStackTrace
  if (!file) throw new Error('koa-alb-local cannot find its own files: has it been bundled?')
  return file.startsWith('file:') ? fileURLToPath(file) : file
}
