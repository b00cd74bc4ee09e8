/**
 * The bytes of a request. Lines are sent as they are, one byte per character; a Host comes first and
 * `Connection: close` last, so that the answer ends with the connection.
 */
export function request(line: string, lines: readonly string[], body?: string | Buffer): Buffer {
  const head = [line, 'Host: app.test:8080', ...lines, 'Connection: close', '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body ?? '')])
}

export function get(target = '/', ...lines: string[]): Buffer {
  return request(`GET ${target} HTTP/1.1`, lines)
}

export function head(target = '/', ...lines: string[]): Buffer {
  return request(`HEAD ${target} HTTP/1.1`, lines)
}

/** A POST to `/` with the body and its Content-Length. */
export function post(body: string | Buffer, ...lines: string[]): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return request('POST / HTTP/1.1', [...lines, length], body)
}
