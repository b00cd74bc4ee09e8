import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { typed } from './load-handler.ts'

/** A file that may export an app and no handler. */
export interface AppPlace {
  /** What is loaded, absolute. */
  readonly file: string
  /** What it was made of, absolute: from there, koa-alb is looked up. */
  readonly source: string
  /** The export that was asked for; none for the usual names. */
  readonly export: string | undefined
  /** Gets what is done instead of calling a handler. */
  readonly say: (text: string) => void
}

type Handler = (event: unknown, context: object) => unknown

const usual = ['default', 'app']

/**
 * A handler for an app that a file exports, made with the koa-alb of its project, or the handler it
 * exports under another name than was looked for.
 * @throws Error that says what there is, or what to install
 */
export async function appHandler(place: AppPlace): Promise<Handler> {
  const loaded: unknown = await import(pathToFileURL(place.file).href)
  const found = find(loaded, place.export)
  const name = basename(place.source)
  if (!found) throw notFound(place, loaded)
  const value = await found.value
  const what =
    found.name === 'default'
      ? `the default export of ${name}`
      : `the export ${found.name} of ${name}`
  if (isHandler(value, found.name)) {
    if (place.export === undefined) place.say(`${what} is taken for the handler`)
    return value
  }
  const albHandler = adapterOf(place, what)
  place.say(`${what} is an app: koa-alb makes a handler of it`)
  return albHandler(value)
}

function find(
  loaded: unknown,
  asked: string | undefined,
): { name: string; value: unknown } | undefined {
  // A CommonJS module is the default export; what TypeScript makes of one has another in it.
  const modules = [loaded, member(loaded, 'default')]
  for (const name of asked === undefined ? usual : [asked]) {
    const values = modules.map((module) => at(module, name)).filter((value) => isUsable(value))
    const value = name === 'default' ? values.at(-1) : values[0]
    if (value !== undefined) return { name, value }
  }
  return undefined
}

function at(module: unknown, path: string): unknown {
  return path.split('.').reduce(member, module)
}

function member(from: unknown, name: string): unknown {
  return from === undefined || from === null ? undefined : Reflect.get(Object(from), name)
}

const methods = ['callback', 'fetch', 'getHttpAdapter', 'ready', 'listenerCount', 'then']

/** A function, or what has a method that apps have. */
function isUsable(value: unknown): boolean {
  return (
    typeof value === 'function' || methods.some((name) => typeof member(value, name) === 'function')
  )
}

/** A function that is no listener: these are called `app`, have methods, or name their request. */
function isHandler(value: unknown, name: string): value is Handler {
  if (typeof value !== 'function' || name === 'app') return false
  if (typeof member(value, 'use') === 'function') return false
  // Up to the first parameter there are words and blanks alone.
  const [before = '', after = ''] = String(value).split('(', 2)
  const isArrow = before.includes('=>')
  const first = isArrow ? before.replace(/^async\b/, '') : after
  return !/^_?(?:req|request|incoming)\b/.test(first.trimStart())
}

function adapterOf({ source }: AppPlace, what: string): (app: unknown) => Handler {
  const require = createRequire(source)
  try {
    return require('koa-alb').albHandler
  } catch (cause) {
    if (Object(cause).code !== 'MODULE_NOT_FOUND') throw cause
    throw typed(
      'Runtime.ImportModuleError',
      `${what} is an app, of which koa-alb makes a handler: npm install koa-alb`,
    )
  }
}

function notFound({ source, export: asked }: AppPlace, loaded: unknown): Error {
  const names = Object.keys(Object(loaded)).join(', ') || 'nothing'
  const wanted = asked === undefined ? 'handler, and no app as default or app' : asked
  const message = `${basename(source)} has no export ${wanted}; it exports ${names}. Name one: --handler <export>`
  return typed('Runtime.HandlerNotFound', message)
}
