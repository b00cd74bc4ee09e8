import { finished, PassThrough, pipeline, Readable, Transform, Writable } from 'node:stream'
import { pipeline as pipelined } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import onFinished from 'on-finished'
import type { Case } from '../contract.ts'
import { get, post } from '../request.ts'

const large = Buffer.alloc(600_000, 'large ')

export const streamCases: readonly Case[] = [
  {
    name: 'pipe carries a readable to the client',
    app: () => (_req, res) => Readable.from(['a', 'b', 'c']).pipe(res),
    request: get(),
    body: 'abc',
  },
  {
    name: 'pipe carries more than the buffers hold',
    app: () => (_req, res) => Readable.from([large]).pipe(new PassThrough()).pipe(res),
    request: get(),
    body: large,
  },
  {
    name: 'pipeline to res calls back without an error',
    app: (saw) => (_req, res) => {
      pipeline(Readable.from(['a', 'b']), res, (error) => saw(error ?? null))
    },
    request: get(),
    body: 'ab',
    saw: [null],
  },
  {
    name: 'pipeline of promises from req through a transform to res resolves',
    app: (saw) => async (req, res) => {
      const upper = new Transform({
        transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()),
      })
      await pipelined(req, upper, res)
      saw('done')
    },
    request: post('shout', 'Content-Type: text/plain'),
    body: 'SHOUT',
    saw: ['done'],
  },
  {
    name: 'req piped to res is an echo',
    app: () => (req, res) => req.pipe(res),
    request: post(large, 'Content-Type: text/plain'),
    body: large,
  },
  {
    name: 'stream.finished tells the end of req and of res',
    app: (saw) => (req, res) => {
      const done = { req: false, res: false }
      const tell = (who: 'req' | 'res') => (error?: Error | null) => {
        done[who] = !error
        if (done.req && done.res) saw('both')
      }
      finished(req, tell('req'))
      finished(res, tell('res'))
      req.resume().on('end', () => res.end())
    },
    request: post('x'),
    saw: ['both'],
  },
  {
    name: 'on-finished tells the end of res, without an error',
    app: (saw) => (_req, res) => {
      saw(onFinished.isFinished(res))
      onFinished(res, (error, message) => saw([error, message === res]))
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: [false, [null, true]],
  },
  {
    name: 'on-finished tells the end of req, without an error',
    app: (saw) => (req, res) => {
      onFinished(req, (error) => saw(error))
      req.resume().on('end', () => res.end())
    },
    request: post('x'),
    saw: [null],
  },
  {
    name: 'async iteration reads the body',
    app: () => async (req, res) => {
      let text = ''
      for await (const chunk of req.setEncoding('utf8')) text += chunk
      res.end(text)
    },
    request: post('caf\u00e9', 'Content-Type: text/plain'),
    body: 'caf\u00e9',
  },
  {
    name: 'the body is still there after an await',
    app: () => async (req, res) => {
      await new Promise((resolve) => setImmediate(resolve))
      for await (const chunk of req) res.write(chunk)
      res.end()
    },
    request: post('patient', 'Content-Type: text/plain'),
    body: 'patient',
  },
  {
    name: 'read and readable give the body',
    app: () => (req, res) => {
      req.on('readable', () => {
        for (let chunk = req.read(2); chunk !== null; chunk = req.read(2)) res.write(chunk)
      })
      req.on('end', () => res.end())
    },
    request: post('abcdef', 'Content-Type: text/plain'),
    body: 'abcdef',
  },
  {
    name: 'pause and resume keep the body',
    app: () => (req, res) => {
      req.on('data', (chunk) => {
        res.write(chunk)
        req.pause()
        setImmediate(() => req.resume())
      })
      req.on('end', () => res.end())
    },
    request: post(large, 'Content-Type: text/plain'),
    body: large,
  },
  {
    name: 'setEncoding gives text, with characters whole',
    app: (saw) => (req, res) => {
      req.setEncoding('utf8').on('data', (chunk) => saw(chunk))
      req.on('end', () => res.end())
    },
    request: post('\u20ac\u{1f600}', 'Content-Type: text/plain'),
    saw: ['\u20ac\u{1f600}'],
  },
  {
    name: 'a request without a body ends at once',
    app: (saw) => async (req, res) => {
      for await (const chunk of req) saw(chunk)
      saw('end')
      res.end()
    },
    request: get(),
    saw: ['end'],
  },
  {
    name: 'a web stream of req gives the body',
    app: () => async (req, res) => {
      const text = await new Response(Readable.toWeb(req) as ReadableStream).text()
      res.end(text)
    },
    request: post('web', 'Content-Type: text/plain'),
    body: 'web',
  },
  {
    name: 'a gzip stream may be flushed along the way',
    app: () => (_req, res) => {
      res.setHeader('content-encoding', 'identity').setHeader('content-type', 'text/plain')
      const gzip = createGzip()
      gzip.pipe(res)
      gzip.write('a')
      gzip.flush(() => gzip.end('b'))
    },
    request: get(),
    headers: ['content-encoding: identity', 'content-type: text/plain'],
  },
  {
    name: 'a web stream of res takes the body',
    app: (saw) => async (_req, res) => {
      await new Blob(['web ', 'stream']).stream().pipeTo(Writable.toWeb(res))
      saw('closed')
    },
    request: get(),
    body: 'web stream',
    saw: ['closed'],
  },
  {
    name: 'what is unshifted is read again',
    app: () => (req, res) => {
      req.once('data', (chunk) => {
        req.pause()
        req.unshift(chunk)
        req.pipe(res)
      })
    },
    request: post('again', 'Content-Type: text/plain'),
    body: 'again',
  },
  {
    name: 'toArray gives the chunks',
    app: () => async (req, res) => res.end(Buffer.concat(await req.toArray())),
    request: post('chunks', 'Content-Type: text/plain'),
    body: 'chunks',
  },
]
