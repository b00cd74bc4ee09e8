import type { ReceivedHead } from './received.ts'

/** What a request asks for: what rules look at and transforms change. Nothing is decoded. */
export interface RequestUri {
  /** The authority of an absolute request target, or else the first `Host`. */
  readonly host: string | undefined
  readonly path: string
  /** Whether a rule replaced the host, which then counts whatever the attributes say. */
  readonly isHostRewritten?: boolean
  /** Without the question mark. */
  readonly query: string
}

export function requestUri({ target, values }: ReceivedHead): RequestUri {
  const { authority, origin } = splitTarget(target)
  // An empty value is a header line without one, which is lost.
  const host = authority || values.get('host')?.find((value) => value !== '')
  const mark = origin.indexOf('?')
  if (mark < 0) return { host, path: origin, query: '' }
  return { host, path: origin.slice(0, mark), query: origin.slice(mark + 1) }
}

/** The target without scheme and authority. */
export function originForm(target: string): string {
  return splitTarget(target).origin
}

const absolute = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)(.*)$/is

function splitTarget(target: string): { authority?: string | undefined; origin: string } {
  if (target.startsWith('/')) return { origin: target }
  const [, authority, rest] = absolute.exec(target) ?? []
  if (rest === undefined) return { origin: target }
  return { authority, origin: rest.startsWith('/') ? rest : `/${rest}` }
}
