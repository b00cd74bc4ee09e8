import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { callbackRefusal, type Handler, isCallbackStyle, takesCallbacks } from './callback.ts'

const extensions = ['', '.js', '.mjs', '.cjs']

/**
 * The exported function that the handler's name stands for, found as Lambda finds it.
 * @throws Error of the types that Lambda's runtimes report
 */
export async function loadHandler(taskRoot: string, name: string, major: number): Promise<Handler> {
  const base = basename(name)
  const dot = base.indexOf('.')
  const path = join(dirname(name), base.slice(0, dot))
  const file = findModule(resolve(taskRoot, path), name)
  const loaded: unknown = await load(file)
  const exported = base.slice(dot + 1)
  const handler = handlerIn(loaded, exported)
  if (typeof handler !== 'function') {
    const found =
      handler === undefined ? `no export ${exported}` : `${exported} as ${typeof handler}`
    const exports = Object.keys(Object(loaded)).join(', ') || 'nothing'
    throw typed(
      'Runtime.HandlerNotFound',
      `${name} is not a function that is exported: ${file} has ${found}; it exports ${exports}`,
    )
  }
  if (isCallbackStyle(handler) && !takesCallbacks(major)) {
    throw typed('Runtime.CallbackHandlerDeprecated', callbackRefusal(name, handler.length))
  }
  // Whatever is called with an event and a context: what it returns is serialized, and checked there.
  return handler as Handler
}

/** What a module exports under the name, be it of CommonJS or not. */
export function handlerIn(loaded: unknown, exported: string): unknown {
  return find(exported, loaded) ?? find(exported, find('default', loaded))
}

function findModule(path: string, name: string): string {
  const file = extensions.map((extension) => path + extension).find((each) => existsSync(each))
  if (file) return file
  throw typed(
    'Runtime.ImportModuleError',
    `cannot find ${path}.js, .mjs or .cjs for the handler ${name}: has it been built?`,
  )
}

async function load(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (error instanceof SyntaxError) error.name = 'Runtime.UserCodeSyntaxError'
    throw error
  }
}

function find(path: string, value: unknown): unknown {
  return path
    .split('.')
    .reduce(
      (parent: unknown, key) => (parent ? Reflect.get(Object(parent), key) : undefined),
      value,
    )
}

export function typed(type: string, message: string): Error {
  const error = new Error(message)
  error.name = type
  // The stack shows only this file, which is not where the mistake is.
  error.stack = `${type}: ${message}`
  return error
}
