import { AlbError } from './errors.ts'

const SPELLINGS = 512

/**
 * Field names for several cookies in a document that allows one value per name: the name in
 * different upper and lower case, the first as the app wrote it. Each becomes its own line.
 * @throws AlbError `ALB_ERR_TOO_MANY_COOKIES` past the 512 spellings of the nine letters
 * @see https://github.com/Kludex/mangum/pull/189
 */
export function cookieNames(name: string, count: number, title: string): string[] {
  if (count > SPELLINGS) {
    throw new AlbError(
      'ALB_ERR_TOO_MANY_COOKIES',
      `${title}: the response sets ${count} cookies; without multi-value headers a load balancer carries ${SPELLINGS}`,
    )
  }
  return Array.from({ length: count }, (_, variant) => respell(name, variant))
}

/** Changes the case of each letter whose bit is set in `variant`. */
function respell(name: string, variant: number): string {
  let bit = 1
  return name.replace(/[a-z]/gi, (letter) => {
    const change = variant & bit
    bit <<= 1
    if (!change) return letter
    const upper = letter.toUpperCase()
    return letter === upper ? letter.toLowerCase() : upper
  })
}

/**
 * Cookies without those that a later one of the same identity replaces. The load balancer may send
 * repeated headers in reverse, and the browser would keep the replaced one.
 * @see https://github.com/dougmoscrop/serverless-http/issues/244
 */
export function lastOfEachCookie(cookies: readonly string[]): string[] {
  const last = new Map<string, string>()
  for (const cookie of cookies) {
    const key = identity(cookie)
    last.delete(key)
    last.set(key, cookie)
  }
  return [...last.values()]
}

/**
 * Name, domain and path, and whether the cookie is kept apart for each top-level site.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6
 * @see https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies
 */
function identity(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';')
  let domain = ''
  let path = ''
  let isPartitioned = false
  for (const attribute of attributes) {
    const [name, value] = atEqualsSign(attribute)
    const key = name.toLowerCase()
    if (key === 'domain') domain = value.replace(/^\./, '').toLowerCase()
    // Any other path counts as none.
    if (key === 'path') path = value.startsWith('/') ? value : ''
    if (key === 'partitioned') isPartitioned = true
  }
  const [name] = pair.includes('=') ? atEqualsSign(pair) : ['']
  return JSON.stringify([name, domain, path, isPartitioned])
}

/** What stands before the first equals sign, and what after it. */
function atEqualsSign(text: string): [name: string, value: string] {
  const end = text.indexOf('=')
  return end < 0 ? [text.trim(), ''] : [text.slice(0, end).trim(), text.slice(end + 1).trim()]
}
