import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from '../answer/refusal.ts'
import type { Routable } from '../rules/rule.ts'
import { programTimeMs } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'

const cookieName = 'AWSALBTG'
const corsCookieName = 'AWSALBTGCORS'
const algorithm = 'aes-128-gcm'
const ivBytes = 12
const tagBytes = 16

// One key for the process: a browser's cookie outlives a restart, and is then no longer understood.
const key = randomBytes(16)

/**
 * The ARN of the target group that the client's cookie names, if it has one that is still valid.
 * @throws Refusal when the cookie is percent-encoded, which a load balancer does not understand
 */
export function stickyGroup({ head }: Routable): string | undefined {
  for (const name of [cookieName, corsCookieName]) {
    const value = cookieValue(head.values.get('cookie') ?? [], name)
    if (value?.includes('%')) {
      throw new Refusal(400, `the ${name} cookie is URL-encoded`, {
        errorReason: 'AWSALBTGCookieInvalid',
      })
    }
    const content = value === undefined ? undefined : decrypted(value)
    if (content && content.expires > programTimeMs()) return content.arn
  }
  return undefined
}

/** The cookies that keep a client with the target group. */
export function stickyCookies(arn: string, durationSeconds: number): HeaderLine[] {
  const expires = programTimeMs() + durationSeconds * 1000
  const value = encrypted(JSON.stringify({ arn, expires }))
  const attributes = `Expires=${new Date(expires).toUTCString()}; Path=/`
  return [
    ['Set-Cookie', `${cookieName}=${value}; ${attributes}`],
    ['Set-Cookie', `${corsCookieName}=${value}; ${attributes}; SameSite=None; Secure`],
  ]
}

function cookieValue(lines: readonly string[], name: string): string | undefined {
  const pairs = lines.flatMap((line) => line.split(';')).map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

function encrypted(text: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv)
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64')
}

function decrypted(value: string): { arn: string; expires: number } | undefined {
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
