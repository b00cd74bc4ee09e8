import { Readable } from 'node:stream'
import { parts } from '../../../../../shared/content.mjs'

export const dynamic = 'force-dynamic'

export function GET() {
  const stream = Readable.toWeb(Readable.from(parts(), { objectMode: false }))
  return new Response(stream, { headers: { 'content-type': 'text/plain' } })
}
