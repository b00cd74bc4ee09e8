import { exchange } from './wire.mjs'

// What the load balancer adds to a request, app.listen() is sent by the visitor.
const added = {
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '80',
}

/**
 * A client with cookies that writes down every exchange. `ask(200, 'GET /path', options)` fails unless
 * the answer has that status; `port` is for clients that speak HTTP themselves.
 */
export function createVisitor(port, way) {
  const cookies = new Map()
  const exchanges = []

  async function ask(expected, line, options = {}) {
    const answer = await exchange(port, requestBytes(line, options))
    for (const [name, value] of answer.headers) if (name === 'set-cookie') keep(value)
    exchanges.push({ line, answer })
    if (answer.status !== expected) {
      throw new Error(`${line}: ${answer.status} instead of ${expected}: ${answer.body}`)
    }
    return { ...answer, text: answer.body.toString(), header: (name) => headerOf(answer, name) }
  }

  function requestBytes(line, { headers = {}, json, form, body = '' }) {
    const [content, type] = json
      ? [JSON.stringify(json), 'application/json']
      : form
        ? [String(new URLSearchParams(form)), 'application/x-www-form-urlencoded']
        : [body]
    const bytes = Buffer.from(content)
    const fields = {
      host: 'app.example',
      'user-agent': 'visitor',
      accept: '*/*',
      'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678;Sampled=1',
      ...(way === 'listen' ? added : {}),
      ...(type ? { 'content-type': type } : {}),
      ...(bytes.length > 0 ? { 'content-length': bytes.length } : {}),
      ...(cookies.size > 0
        ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
        : {}),
      ...headers,
      connection: 'close',
    }
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), bytes])
  }

  function keep(cookie) {
    const [pair] = cookie.split(';')
    const equals = pair.indexOf('=')
    if (/expires=Thu, 01 Jan 1970/i.test(cookie)) cookies.delete(pair.slice(0, equals))
    else cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
  }

  /** Writes down what a client of another kind saw. */
  function note(line, seen) {
    exchanges.push({ line, seen })
  }

  return { ask, note, port, exchanges }
}

function headerOf(answer, wanted) {
  return answer.headers.find(([name]) => name === wanted)?.[1]
}

/** The parts of a form as multipart/form-data: `{ headers, body }` for `ask`. */
export function multipart(parts) {
  const chunks = parts.flatMap(({ name, filename, type, value }) => [
    `--frontier\r\ncontent-disposition: form-data; name="${name}"`,
    filename ? `; filename="${filename}"\r\ncontent-type: ${type}` : '',
    '\r\n\r\n',
    value,
    '\r\n',
  ])
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=frontier' },
    body: Buffer.concat([...chunks, '--frontier--\r\n'].map((chunk) => Buffer.from(chunk))),
  }
}
