import type { HeaderLine } from '../types.ts'
import type { Answer } from './answer.ts'
import { ownAnswer } from './own-answer.ts'

// The phrases of nginx, whose page layout the load balancer shares: with them the pages for 502 and
// 503 have exactly the 122 and 162 bytes seen on real ones. 463 is the load balancer's own code.
const phrases: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  463: 'Unknown',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
}

// After 400, 413, 414 and 500 nginx closes the connection; after the others it cannot be told where
// the next request begins.
const closing = new Set([400, 408, 413, 414, 500, 501, 505])

/** The load balancer's own HTML page for a status, with more header lines or a sentence if given. */
export function errorPage(
  status: number,
  lines: readonly HeaderLine[] = [],
  sentence?: string,
): Answer {
  const phrase = phrases[status] ?? 'Unknown'
  const title = `${status} ${phrase}`
  const body = Buffer.from(
    [
      '<html>',
      `<head><title>${sentence === undefined ? title : `${status} ${sentence}`}</title></head>`,
      '<body>',
      `<center><h1>${title}</h1></center>`,
      ...(sentence === undefined ? [] : [`<center>${sentence}</center>`]),
      '</body>',
      '</html>',
      '',
    ].join('\r\n'),
  )
  const keepAlive = !closing.has(status)
  return ownAnswer({ status, phrase, contentType: 'text/html', body, lines, keepAlive })
}
