import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

/** Why a request is not answered. */
export interface Denied {
  readonly status: 401 | 403 | 421
  readonly message: string
}

const localNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Whether a request comes from the page of this inspector or from somebody who knows the token. A page
 * of another site can have its own name resolve to this machine, so `Host` is looked at, too.
 */
export function denialOf(request: IncomingMessage, token: string): Denied | undefined {
  const { host = '', origin, authorization = '' } = request.headers
  const name = host.replace(/:\d+$/, '')
  if (!localNames.includes(name)) {
    return { status: 421, message: `the inspector is not ${host || 'a request without Host'}` }
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, message: `not for pages of ${origin}` }
  }
  const sent = authorization.startsWith('Bearer ')
    ? authorization.slice('Bearer '.length)
    : targetOf(request).searchParams.get('token')
  if (sent !== null && isSame(sent, token)) return undefined
  return { status: 401, message: 'the token is missing or wrong: it is in the URL on the terminal' }
}

/** @throws ApiError 400 for one without a path */
export function targetOf({ url = '/' }: IncomingMessage): URL {
  const target = url.startsWith('/') ? `http://localhost${url}` : url
  if (URL.canParse(target)) return new URL(target)
  throw new ApiError(400, 'the request target has no path')
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What every response of the inspector has: nothing of an exchange runs, nothing leaves the page. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}
