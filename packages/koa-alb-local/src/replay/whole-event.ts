import { modeOf } from '../invocation/header-mode.ts'
import type { AlbEvent } from '../types.ts'

/**
 * The event with the fields of its mode alone, in the types that a load balancer gives them: what was
 * written by hand, or is of another service, has `null` and numbers.
 */
export function wholeEvent(event: AlbEvent): AlbEvent {
  const { requestContext, httpMethod, path, body, isBase64Encoded } = event
  const fields =
    modeOf(event) === 'multi'
      ? {
          multiValueQueryStringParameters: lists(event.multiValueQueryStringParameters),
          multiValueHeaders: lists(event.multiValueHeaders),
        }
      : {
          queryStringParameters: texts(event.queryStringParameters),
          headers: texts(event.headers),
        }
  return {
    requestContext,
    httpMethod,
    path,
    ...fields,
    body: typeof body === 'string' ? body : '',
    isBase64Encoded: isBase64Encoded === true,
  }
}

function lists(values: unknown): Record<string, string[]> {
  const entries = Object.entries(Object(values)).map(([name, list]): [string, string[]] => [
    name,
    [list].flat().filter(isValue).map(String),
  ])
  return Object.fromEntries(entries.filter(([, list]) => list.length > 0))
}

function texts(values: unknown): Record<string, string> {
  const entries = Object.entries(Object(values)).filter(([, value]) => isValue(value))
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function isValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
