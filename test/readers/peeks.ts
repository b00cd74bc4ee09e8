import type { IncomingMessage } from 'node:http'
import type { Wait } from './pace.ts'
import { listenToData, type Read, readers } from './readers.ts'

type Take = (req: IncomingMessage) => Promise<Buffer>

/** Looks at a first chunk; waits; puts it back; reads the whole. */
const takes = {
  data: (req) =>
    new Promise((resolve) =>
      req
        .once('data', (chunk) => {
          req.pause()
          resolve(chunk)
        })
        .resume(),
    ),
  readable: (req) => taken(req),
  'read(3)': (req) => taken(req, 3),
} as const satisfies Readonly<Record<string, Take>>

const thenRead = {
  data: (req, wait) => {
    const read = listenToData(req, wait)
    req.resume()
    return read
  },
  'for await': readers['for await'],
  pipeline: readers.pipeline,
  readable: readers['readable, read()'],
} as const satisfies Readonly<Record<string, Read>>

export const peeks: Readonly<
  Record<string, (req: IncomingMessage, wait: Wait) => Promise<Buffer>>
> = Object.fromEntries(
  Object.entries(takes).flatMap(([taking, take]) =>
    Object.entries(thenRead).flatMap(([reading, read]) =>
      [1, 2].map((times) => [
        `${times === 1 ? 'a peek' : 'two peeks'} by ${taking}, then ${reading}`,
        async (req: IncomingMessage, wait: Wait) => {
          for (let time = 0; time < times; time++) await peek(req, take, wait)
          return read(req, undefined)
        },
      ]),
    ),
  ),
)

async function peek(req: IncomingMessage, take: Take, wait: Wait): Promise<void> {
  const chunk = await take(req)
  if (wait) await wait()
  req.unshift(chunk)
}

function taken(req: IncomingMessage, size?: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const onReadable = (): void => {
      const chunk: Buffer | null = req.read(size) ?? req.read()
      if (chunk === null) return
      req.off('readable', onReadable)
      resolve(chunk)
    }
    req.on('readable', onReadable)
  })
}
