// Memory that a stream of 2 GB costs, measured in a process of its own: node --expose-gc
// stream-memory.mjs <media type> <accept-encoding> <bytes per chunk> <random|zero>. Prints JSON.
import { randomFillSync } from 'node:crypto'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { albHandler } from 'koa-alb'

const [type, acceptEncoding, size, filler] = process.argv.slice(2)
const chunkBytes = Number(size)
const totalBytes = 2 ** 31
const context = { getRemainingTimeInMillis: () => 600_000 }
const requestContext = { elb: { targetGroupArn: 'arn' } }
const event = { requestContext, httpMethod: 'GET', headers: { 'accept-encoding': acceptEncoding } }

// The first collection only starts to free buffers.
const collect = () => {
  globalThis.gc()
  globalThis.gc()
}
const used = () => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** With garbage, and now and again without it. */
function measure(seen) {
  if (seen.bytes % 1024 !== 0) return
  seen.peak = Math.max(seen.peak, used())
  const isEarly = chunkBytes > 1024 && seen.bytes <= 32 * chunkBytes
  if (!isEarly && seen.bytes % Math.max(65_536, 256 * chunkBytes) !== 0) return
  collect()
  seen.live = Math.max(seen.live, used())
}

function chunk() {
  const bytes = Buffer.alloc(chunkBytes)
  return filler === 'random' ? randomFillSync(bytes) : bytes
}

function source(seen) {
  return new Readable({
    highWaterMark: chunkBytes,
    read() {
      if (seen.refusedAt !== undefined) seen.chunksAfter++
      seen.bytes += chunkBytes
      measure(seen)
      this.push(seen.bytes > totalBytes ? null : chunk())
    },
    destroy(error, callback) {
      seen.destroyed = true
      callback(error)
    },
  })
}

async function invoke(path) {
  const seen = { bytes: 0, peak: 0, live: 0, chunksAfter: 0, destroyed: false }
  const server = createServer((_req, res) => {
    if (path === '/warm') return void res.end('warm')
    res.setHeader('content-type', type)
    const body = source(seen)
    body.pipe(res)
    res.once('close', () => body.destroy())
  })
  const outcome = await albHandler(server)({ ...event, path }, context).then(
    () => 'document',
    (error) => {
      seen.refusedAt = seen.bytes
      return error.code
    },
  )
  await new Promise(setImmediate)
  return { ...seen, outcome }
}

await invoke('/warm')
await invoke('/first')
collect()
const baseline = used()
const { live, peak, bytes, destroyed, chunksAfter, outcome } = await invoke('/stream')
console.log(
  JSON.stringify({
    outcome,
    bytes,
    destroyed,
    chunksAfter,
    liveBytes: live - baseline,
    peakBytes: peak - baseline,
  }),
)
