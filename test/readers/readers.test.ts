import { describe, expect, it } from 'vitest'
import { digest, invoke, listen, type Post } from './exchange.ts'
import { began, type Start, starts, type WaitName, waits } from './pace.ts'
import { peeks } from './peeks.ts'
import { type Read, readers } from './readers.ts'

const allStarts = Object.keys(starts) as Start[]
const short: readonly WaitName[] = ['nothing', 'a tick', 'a promise', 'a turn']
const sizes = [0, 1, 5, 65_535, 65_536, 65_537, 900_000]

/** No two chunks of it are alike. */
function bodyOf(size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 127))
}

/** What the app answers with what it read, for every start and wait. */
async function answers(
  post: Post,
  read: Read,
  body: Buffer,
  waitNames: readonly WaitName[],
  from = allStarts,
): Promise<Record<string, string>> {
  const ways = from.flatMap((start) => waitNames.map((wait) => [start, wait] as const))
  const entries = ways.map(async ([start, wait]) => {
    const answer = await post(async (req, res) => {
      await began(start)
      res.end(digest(await read(req, waits[wait])))
    }, body)
    return [`${start}, waiting for ${wait}`, answer] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function all(answered: Record<string, string>, body: Buffer): Record<string, string> {
  return Object.fromEntries(Object.keys(answered).map((way) => [way, digest(body)]))
}

describe.each(sizes.map((size) => [size, bodyOf(size)] as const))(
  'a body of %i bytes',
  (_size, body) => {
    it.each(Object.entries(readers))('reaches %s whole', async (_, read) => {
      const answered = await answers(invoke, read, body, short)
      expect(answered).toEqual(all(answered, body))
    })
  },
)

describe.each(sizes.slice(1).map((size) => [size, bodyOf(size)] as const))(
  'a body of %i bytes, a part of it put back,',
  (_size, body) => {
    it.each(Object.entries(peeks))('reaches %s whole', async (_, read) => {
      const answered = await answers(invoke, read, body, [...short, '10 ms'])
      expect(answered).toEqual(all(answered, body))
    })
  },
)

describe('under app.listen', () => {
  it.each(Object.entries(readers))('%s reads a whole body that is on its way', async (_, read) => {
    const body = bodyOf(150_000)
    const answered = await answers(listen, read, body, ['nothing'], ['at once'])
    expect(answered).toEqual(all(answered, body))
  })
})
