import type { AlbEvent } from 'koa-alb'

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
