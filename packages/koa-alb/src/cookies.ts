import { AlbError } from './errors.ts'

const SPELLINGS = 512

/**
 * Field names for several cookies in a document that allows one value per name: the name in
 * different upper and lower case, the first as the app wrote it. Each becomes its own line.
 * @throws AlbError `ALB_ERR_TOO_MANY_COOKIES` past the 512 spellings of the nine letters
 * @see https://github.com/Kludex/mangum/pull/189
 */
export function cookieNames(name: string, count: number): string[] {
  if (count > SPELLINGS) {
    throw new AlbError(
      'ALB_ERR_TOO_MANY_COOKIES',
      `The response sets ${count} cookies; without multi-value headers a load balancer carries ${SPELLINGS}`,
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
 * Cookies without those that a later one of the same name, domain and path replaces. The load
 * balancer may send repeated headers in reverse, and the browser would keep the replaced one.
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

/** Name, domain and path, as RFC 6265 section 5.3 compares them. */
function identity(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';')
  let domain = ''
  let path = ''
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split('=', 2).map((part) => part.trim())
    if (name.toLowerCase() === 'domain') domain = value.replace(/^\./, '').toLowerCase()
    if (name.toLowerCase() === 'path') path = value
  }
  return JSON.stringify([pair.split('=', 1)[0]?.trim(), domain, path])
}
