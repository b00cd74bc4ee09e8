import { once } from 'node:events'
import { finished, PassThrough, pipeline, Readable } from 'node:stream'
import type { Messages, Observation } from './observation.ts'

export interface Call {
  readonly name: string
  readonly act: (messages: Messages, observation: Observation) => unknown
}

const failure = (): Error => Object.assign(new Error('by the call'), { code: 'BY_CALL' })

const onResponse: Readonly<Record<string, Call['act']>> = {
  'res.write(chunk, callback)': ({ res }, seen) => res.write('b', seen.callback('written')),
  'res.write(empty, callback)': ({ res }, seen) => res.write('', seen.callback('written')),
  'res.write(bytes, encoding, callback)': ({ res }, seen) =>
    res.write(Buffer.from('b'), 'latin1', seen.callback('written')),
  'res.write(null)': ({ res }) => res.write(null),
  'two writes': ({ res }, seen) =>
    [res.write('b', seen.callback('first')), res.write('c', seen.callback('second'))].join(),
  'res.end()': ({ res }) => res.end(),
  'res.end(callback)': ({ res }, seen) => res.end(seen.callback('ended')),
  'res.end(chunk, callback)': ({ res }, seen) => res.end('b', seen.callback('ended')),
  'res.end twice': ({ res }, seen) => {
    res.end('b', seen.callback('first'))
    return res.end(seen.callback('second'))
  },
  'res.write and res.end': ({ res }, seen) => {
    res.write('b', seen.callback('written'))
    return res.end('c', seen.callback('ended'))
  },
  'res.setHeader': ({ res }) => res.setHeader('x-late', '1'),
  'res.appendHeader': ({ res }) => res.appendHeader('x-late', '1'),
  'res.setHeaders': ({ res }) => res.setHeaders(new Map([['x-late', '1']])),
  'res.removeHeader': ({ res }) => res.removeHeader('x-late'),
  'res.getHeader': ({ res }) => res.getHeader('content-length'),
  'res.writeHead': ({ res }) => res.writeHead(201, { 'x-late': '1' }),
  'res.flushHeaders': ({ res }) => res.flushHeaders(),
  'res.addTrailers': ({ res }) => res.addTrailers({ 'x-trailer': '1' }),
  'res.writeContinue': ({ res }, seen) => res.writeContinue(seen.callback('continued')),
  'res.writeProcessing': ({ res }) => res.writeProcessing(),
  'res.writeEarlyHints': ({ res }, seen) =>
    res.writeEarlyHints({ link: '</a.css>; rel=preload' }, seen.callback('hinted')),
  'res.cork': ({ res }) => res.cork(),
  'res.uncork': ({ res }) => res.uncork(),
  'a corked write': ({ res }, seen) => {
    res.cork()
    res.write('b', seen.callback('written'))
    res.uncork()
  },
  'res.destroy()': ({ res }) => res.destroy(),
  'res.destroy(error)': ({ res }) => res.destroy(failure()),
  'res.on(finish)': ({ res }, seen) => void res.on('finish', seen.callback('late finish')),
  'res.on(close)': ({ res }, seen) => void res.on('close', seen.callback('late close')),
  'finished(res)': ({ res }, seen) => finished(res, seen.callback('finished')),
  'finished(res, writable only)': ({ res }, seen) =>
    finished(res, { readable: false }, seen.callback('finished')),
  'pipe into res': ({ res }) => Readable.from(['b', 'c']).pipe(res),
  'pipeline into res': ({ res }, seen) =>
    void pipeline(Readable.from(['b', 'c']), res, seen.callback('pipeline')),
  'a failing pipeline into res': ({ res }, seen) =>
    void pipeline(failing(), res, seen.callback('pipeline')),
  'once(res, close)': ({ res }, seen) => void settling(seen, 'close', once(res, 'close')),
  'res.setTimeout, and the socket is idle': ({ res, socket }, seen) => {
    const result = res.setTimeout(60_000, seen.callback('timed out'))
    socket.emit('timeout')
    return result
  },
}

const onRequest: Readonly<Record<string, Call['act']>> = {
  'req.read()': ({ req }) => req.read(),
  'req.read(2)': ({ req }) => req.read(2),
  'req.resume': ({ req }) => req.resume(),
  'req.pause': ({ req }) => req.pause(),
  'req.on(data)': ({ req }, seen) => void listenToData(req, seen),
  'req.on(readable)': ({ req }, seen) => void listenToReadable(req, seen),
  'req.on(end)': ({ req }, seen) => void req.on('end', seen.callback('late end')),
  'req.on(close)': ({ req }, seen) => void req.on('close', seen.callback('late close')),
  'for await of req': ({ req }, seen) => void settling(seen, 'read', readAll(req)),
  'req.toArray()': ({ req }, seen) => void settling(seen, 'array', req.toArray()),
  'req.pipe': ({ req }, seen) => void listenToData(req.pipe(new PassThrough()), seen),
  'pipeline from req': ({ req }, seen) => {
    const sink = new PassThrough()
    listenToData(sink, seen)
    pipeline(req, sink, seen.callback('pipeline'))
  },
  'pipeline from req to res': ({ req, res }, seen) =>
    void pipeline(req, res, seen.callback('pipeline')),
  'req.unpipe': ({ req }) => req.unpipe(),
  'req.setEncoding': ({ req }) => req.setEncoding('utf8'),
  'req.unshift': ({ req }) => req.unshift('z'),
  'req.destroy()': ({ req }) => req.destroy(),
  'req.destroy(error)': ({ req }) => req.destroy(failure()),
  'finished(req)': ({ req }, seen) => finished(req, seen.callback('finished')),
  'finished(req) and resume': ({ req }, seen) => {
    finished(req, seen.callback('finished'))
    req.resume()
  },
  'req.setTimeout, and the socket is idle': ({ req, socket }, seen) => {
    const result = req.setTimeout(60_000, seen.callback('timed out'))
    socket.emit('timeout')
    return result
  },
}

const onSocket: Readonly<Record<string, Call['act']>> = {
  'socket.destroy()': ({ socket }) => socket.destroy(),
  'socket.destroy(error)': ({ socket }) => socket.destroy(failure()),
  'socket.end(callback)': ({ socket }, seen) => socket.end(seen.callback('ended')),
  'socket.destroySoon': ({ socket }) => socket.destroySoon(),
  'socket.resetAndDestroy': ({ socket }) => socket.resetAndDestroy(),
  'socket.setTimeout, and it is idle': ({ socket }, seen) => {
    const result = socket.setTimeout(60_000, seen.callback('timed out'))
    socket.emit('timeout')
    return result
  },
  'socket.setTimeout of another type': ({ socket }) =>
    // What a server does with a value from its configuration.
    socket.setTimeout('1' as unknown as number),
  'socket.setNoDelay': ({ socket }) => socket.setNoDelay(),
  'socket.setKeepAlive': ({ socket }) => socket.setKeepAlive(true),
  'socket.ref': ({ socket }) => socket.ref(),
  'socket.unref': ({ socket }) => socket.unref(),
  'socket.address': ({ socket }) => socket.address(),
  'socket.on(close)': ({ socket }, seen) => void socket.on('close', seen.callback('late close')),
  'finished(socket)': ({ socket }, seen) => finished(socket, seen.callback('finished')),
  'socket.cork and uncork': ({ socket }) => {
    socket.cork()
    socket.uncork()
  },
}

export const calls: readonly Call[] = Object.entries({
  nothing: () => undefined,
  ...onResponse,
  ...onRequest,
  ...onSocket,
}).map(([name, act]) => ({ name, act }))

function failing(): Readable {
  return new Readable({
    read() {
      this.destroy(failure())
    },
  })
}

async function readAll(readable: Readable): Promise<string> {
  let bytes = 0
  for await (const chunk of readable) bytes += chunk.length
  return `${bytes} bytes`
}

function settling(seen: Observation, name: string, promise: Promise<unknown>): void {
  promise.then(
    (value) => seen.note(`${name} resolves ${typeof value === 'string' ? value : ''}`),
    seen.callback(`${name} rejects `),
  )
}

/** Writes down the end with all that came before it; how many chunks it came in is the wire's. */
function listenToData(readable: Readable, seen: Observation): void {
  let bytes = 0
  readable.on('data', (chunk) => {
    bytes += chunk.length
  })
  readable.on('end', () => seen.note(`data of ${bytes} bytes ended`))
}

function listenToReadable(readable: Readable, seen: Observation): void {
  let bytes = 0
  readable.on('readable', () => {
    for (let chunk = readable.read(); chunk !== null; chunk = readable.read()) bytes += chunk.length
  })
  readable.on('end', () => seen.note(`reads of ${bytes} bytes ended`))
}
