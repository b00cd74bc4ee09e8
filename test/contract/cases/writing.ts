import { codeOf } from '../code-of.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const half = Buffer.alloc(64 * 1024, 'x')

export const writingCases: readonly Case[] = [
  {
    name: 'write copies nothing late: changing the buffer in its callback changes nothing',
    app: () => (_req, res) => {
      const chunk = Buffer.from('abc')
      res.write(chunk, () => {
        chunk.fill('z')
        res.end()
      })
    },
    request: get(),
    body: 'abc',
  },
  {
    name: 'write returns a boolean',
    app: (saw) => (_req, res) => {
      saw(typeof res.write('x'))
      res.end()
    },
    request: get(),
    body: 'x',
    saw: ['boolean'],
  },
  {
    name: 'drain comes to whoever waits for it',
    app: (saw) => (_req, res) => {
      let length = half.length
      while (res.write(half) && length < 640 * 1024) length += half.length
      saw(res.writableNeedDrain)
      res.once('drain', () => res.end('!'))
    },
    request: get(),
    saw: [true],
  },
  {
    name: 'the callbacks of write and end are called in order',
    app: (saw) => (_req, res) => {
      res.write('a', () => saw('a'))
      res.write('b', 'utf8', () => saw('b'))
      res.end('c', () => saw('end'))
    },
    request: get(),
    body: 'abc',
    saw: ['a', 'b', 'end'],
  },
  {
    name: 'end takes a callback alone, and returns the response',
    app: (saw) => (_req, res) => {
      res.write('a')
      saw(res.end(() => saw('end')) === res)
    },
    request: get(),
    body: 'a',
    saw: [true, 'end'],
  },
  {
    name: 'end takes text, encoding and callback',
    app: (saw) => (_req, res) => res.end('61', 'hex', () => saw('end')),
    request: get(),
    body: 'a',
    saw: ['end'],
  },
  {
    name: 'an empty write sends nothing but counts as a start',
    app: (saw) => (_req, res) => {
      res.write('')
      saw(res.headersSent)
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: [true],
  },
  {
    name: 'write throws for null and for a number',
    app: (saw) => (_req, res) => {
      saw(codeOf(() => res.write(null)))
      saw(codeOf(() => res.write(1)))
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: ['ERR_STREAM_NULL_VALUES', 'ERR_INVALID_ARG_TYPE'],
  },
  {
    name: 'write after end reports to its callback and to error',
    app: (saw) => (_req, res) => {
      res.on('error', (error: NodeJS.ErrnoException) => saw(['event', error.code]))
      res.end('x')
      res.write('y', (error) => saw(['callback', (error as NodeJS.ErrnoException).code]))
    },
    request: get(),
    body: 'x',
    saw: [
      ['callback', 'ERR_STREAM_WRITE_AFTER_END'],
      ['event', 'ERR_STREAM_WRITE_AFTER_END'],
    ],
  },
  {
    name: 'a second end changes nothing',
    app: (saw) => (_req, res) => {
      res.end('x')
      saw(res.end() === res)
    },
    request: get(),
    body: 'x',
    saw: [true],
  },
  {
    name: 'cork and uncork keep the order',
    app: (saw) => (_req, res) => {
      res.cork()
      res.write('a')
      res.write('b')
      saw(res.writableCorked)
      res.uncork()
      res.end('c')
    },
    request: get(),
    body: 'abc',
    saw: [1],
  },
  {
    name: 'strictContentLength makes a write beyond the length throw and send nothing',
    app: (saw) => (_req, res) => {
      res.strictContentLength = true
      res.writeHead(200, { 'content-length': 3 })
      saw(codeOf(() => res.write('abcd')))
      res.strictContentLength = false
      res.end('abc')
    },
    request: get(),
    headers: ['content-length: 3'],
    body: 'abc',
    saw: ['ERR_HTTP_CONTENT_LENGTH_MISMATCH'],
  },
  {
    name: 'strictContentLength makes an end before the length throw',
    app: (saw) => (_req, res) => {
      res.strictContentLength = true
      res.setHeader('content-length', 3)
      saw(codeOf(() => res.end('ab')))
      res.end('c')
    },
    request: get(),
    headers: ['content-length: 3'],
    body: 'abc',
    saw: ['ERR_HTTP_CONTENT_LENGTH_MISMATCH'],
  },
]
