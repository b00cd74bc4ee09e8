/** The document that shows why there is no fresh function; undefined unless a page was asked for. */
export function overlayDocument(event: string, message: string): string | undefined {
  const { httpMethod, headers, multiValueHeaders }: Request = JSON.parse(event)
  const accept = multiValueHeaders?.accept?.join(',') ?? headers?.accept ?? ''
  if (httpMethod !== 'GET' || !accept.includes('text/html')) return undefined
  const lines = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return JSON.stringify({
    statusCode: 500,
    statusDescription: '500 Internal Server Error',
    isBase64Encoded: false,
    ...(multiValueHeaders
      ? { multiValueHeaders: mapValues(lines, (value) => [value]) }
      : { headers: lines }),
    body: page(message),
  })
}

interface Request {
  readonly httpMethod?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>
}

// Reloads itself, so that the mended page appears.
function page(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width">
<title>koa-alb-local: the function cannot be loaded</title>
<style>
body { margin: 0; padding: 2rem; background: #1b1b1f; color: #eee; font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.25rem; color: #ff8a80 }
pre { padding: 1rem; background: #000; border-left: 4px solid #ff8a80; overflow: auto; font-size: 14px }
</style>
<h1>The function cannot be loaded</h1>
<pre>${escaped(message)}</pre>
<p>This page reloads until it can. Other requests get the last good function, if there was one.</p>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function mapValues(
  lines: Readonly<Record<string, string>>,
  to: (value: string) => string[],
): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lines).map(([name, value]) => [name, to(value)]))
}
