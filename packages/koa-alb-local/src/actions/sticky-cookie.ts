import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { programTimeMs } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'

/** What a cookie of the load balancer holds: to whom it binds the client, and until when. */
export interface Binding {
  /** The ARN of a target group. */
  readonly arn: string
  /** Address and port of a server in it; absent for whichever. */
  readonly server?: string
  readonly expires: number
}

const algorithm = 'aes-128-gcm'
const ivBytes = 12
const tagBytes = 16

// One key for the process: a browser's cookie outlives a restart, and is then no longer understood.
const key = randomBytes(16)

/** The binding in a cookie's value; undefined when it is over, or not of this process. */
export function readBinding(value: string | undefined): Binding | undefined {
  const content = value === undefined ? undefined : decrypted(value)
  return content && content.expires > programTimeMs() ? content : undefined
}

export function bindingText(binding: Binding): string {
  return encrypted(JSON.stringify(binding))
}

/** A line that sets the cookie until then, for requests of other sites, too, when it is the CORS one. */
export function cookieLine(name: string, value: string, expires: number): HeaderLine {
  const attributes = `Expires=${new Date(expires).toUTCString()}; Path=/`
  const cors = name.endsWith('CORS') ? '; SameSite=None; Secure' : ''
  return ['Set-Cookie', `${name}=${value}; ${attributes}${cors}`]
}

/** The value of the first cookie of that name. */
export function cookieValue(lines: readonly string[], name: string): string | undefined {
  const pairs = lines.flatMap((line) => line.split(';')).map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

function encrypted(text: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv)
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64')
}

function decrypted(value: string): Binding | undefined {
  const bytes = Buffer.from(value, 'base64')
  const tag = bytes.subarray(ivBytes, ivBytes + tagBytes)
  if (tag.length < tagBytes) return undefined
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes)).setAuthTag(tag)
  try {
    const text = decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8')
    return JSON.parse(text + decipher.final('utf8'))
  } catch {
    // Not a cookie of this process: the client gets a new one.
    return undefined
  }
}
