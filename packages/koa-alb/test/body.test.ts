import { Transform } from 'node:stream'
import { expect, it } from 'vitest'
import { ResponseBody } from '../src/body.ts'

it('hands the body of a response over and keeps nothing of it', () => {
  const body = new ResponseBody({
    safeBytes: 100,
    plan: () => expect.unreachable(),
    onExceeded: () => expect.unreachable(),
    onDrain: () => expect.unreachable(),
  })
  body.write('a')
  body.write(Buffer.from('é'))
  expect(String(body.take())).toBe('aé')
  expect(body.take()).toBe('')
  expect(body.bytes).toBe(3)
})

it('does not fill the memory where an app writes on whatever it is told', () => {
  const errors: Error[] = []
  const error = new Error('too large')
  let queuedBytes = 0
  const compressor = new Transform({ transform: () => {} })
  const body = new ResponseBody({
    safeBytes: 500,
    plan: () => ({
      capacityBytes: 600,
      compression: { createCompressor: () => compressor, capacityBytes: 600 },
      tooLarge: () => error,
    }),
    onExceeded: (reason) => errors.push(reason),
    onDrain: () => expect.unreachable(),
  })
  for (let chunk = 0; chunk < 100; chunk++) {
    body.write(Buffer.alloc(1_000_000))
    queuedBytes = Math.max(queuedBytes, compressor.writableLength)
  }
  expect(errors).toEqual([error])
  expect(queuedBytes).toBeLessThan(9_500_000)
})

const roomy = {
  safeBytes: 1_000_000,
  plan: () => expect.unreachable(),
  onExceeded: () => expect.unreachable(),
  onDrain: () => expect.unreachable(),
}

it('keeps two bodies apart that are written by turns, and one from what was there before', () => {
  const before = new ResponseBody(roomy)
  for (let chunk = 0; chunk < 10; chunk++) before.write(Buffer.alloc(10_000, 'x'))
  before.take()
  before.release()
  const [a, b] = [new ResponseBody(roomy), new ResponseBody(roomy)]
  for (let chunk = 0; chunk < 5; chunk++) {
    a.write(Buffer.from(`a${chunk}`))
    b.write(Buffer.from(`b${chunk}`))
  }
  expect([String(a.take()), String(b.take())]).toEqual(['a0a1a2a3a4', 'b0b1b2b3b4'])
})

it('keeps what its writer had in a buffer when it was written', () => {
  const bodies = [new ResponseBody(roomy), new ResponseBody(roomy)] as const
  const buffer = Buffer.from('first')
  bodies[0].write(buffer)
  bodies[1].writeWhole(buffer)
  buffer.fill('x')
  expect(String(bodies[0].take())).toBe('first')
  expect(bodies[1].take()).toEqual({ base64: 'Zmlyc3Q=' })
})

it('goes on after a chunk that was said to be all', () => {
  const body = new ResponseBody(roomy)
  body.writeWhole(Buffer.from('first'))
  body.write(', second')
  expect([String(body.take()), body.bytes]).toEqual(['first, second', 13])
})
