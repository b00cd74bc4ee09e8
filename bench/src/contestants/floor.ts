import { STATUS_CODES } from 'node:http'
import type { AlbEvent, AlbResult } from 'koa-alb'
import type { Mode } from '../scenarios/scenario.ts'

/** Path and query, for events that are as they should be. */
export function toRequestTarget(event: AlbEvent): string {
  const query = queryOf(event)
  return query ? `${event.path}?${query}` : event.path
}

function queryOf(event: AlbEvent): string {
  const { queryStringParameters, multiValueQueryStringParameters } = event
  let query = ''
  for (const name in multiValueQueryStringParameters) {
    for (const value of multiValueQueryStringParameters[name] ?? []) query += `&${name}=${value}`
  }
  for (const name in queryStringParameters) query += `&${name}=${queryStringParameters[name]}`
  return query.slice(1)
}

/** The cheapest document that is right for the scenarios: the type alone decides about base64. */
export function toDocument(
  statusCode: number,
  headers: Record<string, string>,
  body: Buffer | string,
  mode: Mode,
): AlbResult {
  const type = headers['content-type']
  const isText =
    (type === undefined || type.startsWith('text/') || type.startsWith('application/json')) &&
    headers['content-encoding'] === undefined
  const statusDescription = `${statusCode} ${STATUS_CODES[statusCode]}`
  const text = typeof body === 'string' ? body : body.toString(isText ? 'utf8' : 'base64')
  const isBase64Encoded = !isText
  if (mode === 'single') {
    return { statusCode, statusDescription, headers, body: text, isBase64Encoded }
  }
  const multiValueHeaders = listed(headers)
  return { statusCode, statusDescription, multiValueHeaders, body: text, isBase64Encoded }
}

function listed(headers: Record<string, string>): Record<string, string[]> {
  const lists: Record<string, string[]> = {}
  for (const name in headers) lists[name] = [headers[name] ?? '']
  return lists
}
