/** What stands for a value that is not shown. */
export const mask = '••••••'

const secretFields = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie']
const secretFieldStarts = ['x-amzn-oidc-', 'x-amzn-mtls-']
const secretEnds = /(?:token|secret|api-?key)$/i
const secretKeys =
  /^(?:signature|sig|code|password|passwd|api_key|access[-_]?key|x-amz-signature|x-amz-credential)$/i

/** Whether the values of a header field are masked. */
export function isSecretField(name: string): boolean {
  const field = name.toLowerCase()
  return (
    secretFields.includes(field) ||
    secretFieldStarts.some((start) => field.startsWith(start)) ||
    secretEnds.test(field)
  )
}

/** Whether the values of a query key are masked. */
export function isSecretKey(key: string): boolean {
  const name = decoded(key)
  return secretKeys.test(name) || secretEnds.test(name)
}

/** Gives out masks instead of values, and the values one by one. */
export interface Masking {
  field(name: string, value: string): string
  key(name: string, value: string): string
}

/** Shows everything. */
export const nothingMasked: Masking = { field: (_, value) => value, key: (_, value) => value }

/** Masks what is secret; the n-th mask stands for `values[n]`. */
export function masked(): Masking & { readonly values: readonly string[] } {
  const values: string[] = []
  const hide = (value: string): string => {
    values.push(value)
    return `${mask}${values.length - 1}`
  }
  return {
    values,
    field: (name, value) => (isSecretField(name) ? hide(value) : withoutSecretKeys(value, hide)),
    key: (name, value) =>
      isSecretKey(name) && value !== '' ? hide(value) : withoutSecretKeys(value, hide),
  }
}

/** A sentence about what went wrong, which may quote a field of the document or a request target. */
export function maskedDetail(detail: string, masking: Masking): string {
  const [named, name = 'set-cookie'] = quotedField.exec(detail) ?? []
  const start = named ?? quotedWholes.find((each) => detail.startsWith(each))
  const end = detail.lastIndexOf(', must be ')
  if (start === undefined || !/["[{]/.test(detail.charAt(start.length)) || end < start.length) {
    return masking.field('', detail)
  }
  const value = masking.field(name, detail.slice(start.length, end))
  return `${start}${value}${detail.slice(end)}`
}

const quotedField = /^\w+\["([^"\\]*)"\] is /
const quotedWholes = ['the response is ', 'headers is ', 'multiValueHeaders is ']

/** A URL, as in `Referer` or `Location`, says what the query key said, and may have a password. */
function withoutSecretKeys(value: string, hide: (value: string) => string): string {
  return (
    value
      .replace(/([?&#])([^?&#=\s]+)=([^&#\s"'<>]+)/g, (pair, mark, key, secret) =>
        isSecretKey(key) ? `${mark}${key}=${hide(secret)}` : pair,
      )
      // What has been hidden already is not hidden in another.
      .replace(/(\/\/[^\s/?#@:]*:)([^\s/?#@]+)(?=@)/g, (_, start, secret) => {
        return `${start}${hide(secret)}`
      })
  )
}

/** The request target with the values of secret query keys as the masking has them. */
export function maskedTarget(target: string, masking: Masking): string {
  const mark = target.indexOf('?')
  const end = mark < 0 ? target.length : mark
  // An absolute target may have a password.
  const path = masking.field('', target.slice(0, end))
  if (mark < 0) return path
  const pairs = target.slice(mark + 1).split('&')
  const shown = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 0) return pair
    const key = pair.slice(0, equals)
    return `${key}=${masking.key(key, pair.slice(equals + 1))}`
  })
  return `${path}?${shown.join('&')}`
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
