import { Readable } from 'node:stream'

/** A PNG of one pixel. */
export const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
export const large = 'a line of text\n'.repeat(80_000)
export const latin1 = Buffer.from('Käse;3,50', 'latin1')

export function parts() {
  return Readable.from(['one ', 'two ', 'three'])
}

/** The text of a request or another stream. */
export async function textOf(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
