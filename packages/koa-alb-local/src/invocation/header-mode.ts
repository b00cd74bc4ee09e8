import type { AlbEvent } from '../types.ts'

/** How a target group has header lines and query parameters sent. */
export type HeaderMode = 'single' | 'multi'

export const headerModes: readonly HeaderMode[] = ['single', 'multi']

export function modeOf(event: AlbEvent): HeaderMode {
  return event.multiValueHeaders ? 'multi' : 'single'
}

/** The event as the other kind of target group gets it: of repeated values the last one counts. */
export function inMode(event: AlbEvent, mode: HeaderMode): AlbEvent {
  if (modeOf(event) === mode) return event
  const {
    headers = {},
    queryStringParameters = {},
    multiValueHeaders = {},
    multiValueQueryStringParameters = {},
    body,
    isBase64Encoded,
    ...rest
  } = event
  if (mode === 'multi') {
    return {
      ...rest,
      multiValueQueryStringParameters: listed(queryStringParameters),
      multiValueHeaders: listed(headers),
      body,
      isBase64Encoded,
    }
  }
  return {
    ...rest,
    queryStringParameters: lasts(multiValueQueryStringParameters),
    headers: lasts(multiValueHeaders),
    body,
    isBase64Encoded,
  }
}

function listed(values: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
}

function lasts(lists: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.at(-1) ?? '']))
}
