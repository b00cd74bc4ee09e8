import type { AlbEvent } from '../types.ts'

/** A copy of an event: a handler in this process may change what it gets. */
export function copyOfEvent(event: AlbEvent): AlbEvent {
  const { headers, queryStringParameters, multiValueHeaders, multiValueQueryStringParameters } =
    event
  return {
    ...event,
    requestContext: { elb: { ...event.requestContext.elb } },
    ...(headers && { headers: { ...headers } }),
    ...(queryStringParameters && { queryStringParameters: { ...queryStringParameters } }),
    ...(multiValueHeaders && { multiValueHeaders: copyOfLists(multiValueHeaders) }),
    ...(multiValueQueryStringParameters && {
      multiValueQueryStringParameters: copyOfLists(multiValueQueryStringParameters),
    }),
  }
}

function copyOfLists(
  lists: Readonly<Record<string, readonly string[] | undefined>>,
): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([name, values = []]) => [name, [...values]]))
}
