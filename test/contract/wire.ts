import { connect } from 'node:net'

/** A response as it went over the wire; text fields hold one character per byte. */
export interface WireResponse {
  /** Code and reason phrase. */
  readonly status: string
  /** `name: value` in order of arrival, names in lower case. */
  readonly headers: readonly string[]
  /** Without the framing of chunks; for HEAD, 204 and 304, whatever was sent all the same. */
  readonly body: Buffer
  readonly trailers: readonly string[]
  /** Status of each 1xx response before this one. */
  readonly interim: readonly string[]
  /** False if the connection ended before the end of the body. */
  readonly complete: boolean
}

/** Sends exactly these bytes, which must ask for `Connection: close`, and reads until the end. */
export async function exchange(port: number, request: Buffer): Promise<WireResponse> {
  const bytes = await answerTo(port, request)
  const isHead = request.subarray(0, 5).toString('latin1') === 'HEAD '
  return parse(bytes, isHead)
}

function answerTo(port: number, request: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (chunk) => chunks.push(chunk))
    // A reset after the last byte is an end like any other; before it, the response is incomplete.
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks)))
  })
}

function parse(bytes: Buffer, isHead: boolean): WireResponse {
  const interim: string[] = []
  let rest = bytes
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) {
      return { status: '', headers: [], body: rest, trailers: [], interim, complete: false }
    }
    const [statusLine = '', ...lines] = rest.toString('latin1', 0, end).split('\r\n')
    const status = statusLine.replace(/^HTTP\/1\.1 /, '')
    rest = rest.subarray(end + 4)
    if (status.startsWith('1')) {
      interim.push(status)
      continue
    }
    const headers = lines.map(lowerCaseName)
    const bodiless = isHead || /^(204|304)\b/.test(status)
    return { status, headers, interim, ...content(rest, headers, bodiless) }
  }
}

function content(
  payload: Buffer,
  headers: readonly string[],
  bodiless: boolean,
): Pick<WireResponse, 'body' | 'trailers' | 'complete'> {
  if (bodiless) return { body: payload, trailers: [], complete: true }
  if (headers.includes('transfer-encoding: chunked')) return dechunk(payload)
  const length = headers.find((line) => line.startsWith('content-length: '))?.slice(16)
  const complete = length === undefined || payload.length === Number(length)
  return { body: payload, trailers: [], complete }
}

function dechunk(payload: Buffer): Pick<WireResponse, 'body' | 'trailers' | 'complete'> {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = payload.indexOf('\r\n', at)
    const size = Number.parseInt(payload.toString('latin1', at, lineEnd), 16)
    const isWhole = lineEnd >= 0 && lineEnd + 2 + size <= payload.length
    if (!isWhole) {
      return {
        body: Buffer.concat([...chunks, payload.subarray(at)]),
        trailers: [],
        complete: false,
      }
    }
    if (size === 0) {
      const trailers = payload
        .toString('latin1', lineEnd + 2)
        .split('\r\n')
        .filter(Boolean)
      return { body: Buffer.concat(chunks), trailers: trailers.map(lowerCaseName), complete: true }
    }
    chunks.push(payload.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}

function lowerCaseName(line: string): string {
  const colon = line.indexOf(':')
  return line.slice(0, colon).toLowerCase() + line.slice(colon)
}
