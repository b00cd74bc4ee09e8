/** A module with a handler that answers with what the expression is. */
export const answering = (
  body: string,
  rest = '',
): string => `export const handler = async (event) => {
  const multi = Boolean(event.multiValueHeaders)
  const document = { statusCode: 200, body: ${body}, [multi ? 'multiValueHeaders' : 'headers']: {
    'content-type': multi ? ['text/plain'] : 'text/plain' } }
  ${rest}
  return document
}`

/** An event in multi-value mode. */
export const event = (path: string): string =>
  JSON.stringify({
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'GET',
    path,
    multiValueQueryStringParameters: { a: ['1', '2'] },
    multiValueHeaders: { cookie: ['a=1'] },
    body: '',
    isBase64Encoded: false,
  })
