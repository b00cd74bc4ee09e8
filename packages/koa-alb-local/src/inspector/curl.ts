import type { SentRequest } from './resend.ts'

/** A curl command for a POSIX shell; a body that is no text goes through `base64 -d`. */
export function toCurl(url: string, { method, target, lines, body }: SentRequest): string {
  const { origin, protocol } = new URL(url)
  const options = [
    '--path-as-is',
    // Brackets and braces would be a range of URLs.
    '--globoff',
    ...(protocol === 'https:' ? ['--insecure'] : []),
    ...(method === 'HEAD' ? ['--head'] : ['--request', quoted(method)]),
    ...lines
      .filter(([name]) => !['content-length', 'connection'].includes(name.toLowerCase()))
      // With a semicolon curl sends a field without a value; with a colon none.
      .flatMap(([name, value]) => [
        '--header',
        quoted(value === '' ? `${name};` : `${name}: ${textOf(value)}`),
      ]),
  ]
  const command = ['curl', ...options]
  const end = quoted(`${origin}${textOf(target)}`)
  if (body.length === 0) return [...command, end].join(' ')
  if (isText(body)) return [...command, '--data-binary', quoted(body.toString()), end].join(' ')
  return `echo ${body.toString('base64')} | base64 -d | ${[...command, '--data-binary @-', end].join(' ')}`
}

function isText(body: Buffer): boolean {
  const text = body.toString()
  const isShown = !/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u.test(text)
  return Buffer.from(text).equals(body) && isShown && !text.startsWith('@')
}

/** One character per byte as what the bytes say; a mask is no byte. */
function textOf(text: string): string {
  if (/[^\0-\xff]/.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  const decoded = bytes.toString()
  return Buffer.from(decoded).equals(bytes) ? decoded : text
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
