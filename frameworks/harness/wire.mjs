import { connect } from 'node:net'

const patienceMs = 20_000

/**
 * Sends these bytes and reads one response. Resolves to status line, header lines with names in lower
 * case, and the body without its framing.
 */
export function exchange(port, request) {
  const requestLine = request.toString('latin1', 0, request.indexOf('\r\n'))
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const settle = (how, value) => {
      how(value)
      socket.destroy()
    }
    const patience = () =>
      settle(reject, new Error(`no answer within ${patienceMs} ms: ${requestLine}`))
    socket.setTimeout(patienceMs, patience)
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const response = parsed(received, requestLine)
      // An app may keep the connection although the request asked for its end.
      if (response?.complete) settle(resolve, response)
    })
    // A reset after the last byte is an end like any other.
    socket.on('error', () => {})
    socket.on('close', () => {
      const response = parsed(received, requestLine)
      if (response && response.complete !== false) resolve(response)
      else
        reject(new Error(`the connection ended before the response was complete: ${requestLine}`))
    })
  })
}

/** `complete` is undefined where only the end of the connection is the end of the body. */
function parsed(bytes, requestLine) {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine, ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const status = Number(statusLine.split(' ')[1])
  const bodiless = requestLine.startsWith('HEAD ') || status === 204 || status === 304
  return { status, statusLine, headers, ...content(bytes.subarray(end + 4), headers, bodiless) }
}

function content(payload, headers, bodiless) {
  const fieldOf = (wanted) => headers.find(([name]) => name === wanted)?.[1]
  if (bodiless) return { body: payload, complete: true }
  if (fieldOf('transfer-encoding') === 'chunked') return dechunked(payload)
  const length = fieldOf('content-length')
  if (length === undefined) return { body: payload }
  return { body: payload, complete: payload.length >= Number(length) }
}

function dechunked(payload) {
  const chunks = []
  for (let at = 0; ; ) {
    const lineEnd = payload.indexOf('\r\n', at)
    const size = Number.parseInt(payload.toString('latin1', at, lineEnd), 16)
    if (lineEnd < 0 || lineEnd + size + 4 > payload.length) return { complete: false }
    if (size === 0) return { body: Buffer.concat(chunks), complete: true }
    chunks.push(payload.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
