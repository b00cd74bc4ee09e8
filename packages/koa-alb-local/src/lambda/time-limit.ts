import { clearTimeout, setTimeout } from '../time/clock.ts'

/** What the promise settles with, or `undefined` when that takes longer; `Infinity` is no limit. */
export async function within<Value>(
  limitMs: number,
  promise: Promise<Value>,
): Promise<Value | undefined> {
  if (limitMs === Number.POSITIVE_INFINITY) return promise
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined)
  })
  try {
    return await Promise.race([promise, expired])
  } finally {
    clearTimeout(timer)
  }
}
