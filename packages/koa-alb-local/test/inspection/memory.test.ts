import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createObservedLoadBalancer } from '../../src/application-load-balancer.ts'
import { Recorder } from '../../src/index.ts'
import type { LogEntry } from '../../src/log/log.ts'
import type { Observation } from '../../src/log/observation.ts'
import { optionsWith, urlOf } from '../shared/application-load-balancer.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

function usedBytes(): number {
  // The first collection only starts to free buffers.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

interface Over {
  readonly entry: LogEntry
  readonly observation: Observation
}

/** An exchange as a load balancer tells of it. */
async function observed(): Promise<Over> {
  let end = (_entry: LogEntry, _observation: Observation): void => {}
  const over = new Promise<Over>((resolve) => {
    end = (entry, observation) => resolve({ entry, observation })
  })
  const observer = { end: (...all: Parameters<typeof end>) => end(...all) }
  const loadBalancer = createObservedLoadBalancer(optionsWith(), { observer })
  await loadBalancer.listen({ ports: { Web: 0 } })
  await (await fetch(urlOf(loadBalancer), { method: 'POST', body: 'x'.repeat(1000) })).text()
  const { entry, observation } = await over
  await loadBalancer.close()
  return { entry, observation }
}

it('takes no more memory after 100,000 exchanges than after 1,000', async () => {
  const { entry, observation } = await observed()
  const recorder = new Recorder()
  const record = (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      const own = { ...observation }
      recorder.begin(own)
      recorder.end({ ...entry }, own)
    }
  }
  record(1000)
  const before = usedBytes()
  record(99_000)
  expect(usedBytes() - before).toBeLessThan(1_000_000)
  const ids = recorder.exchanges().map(({ id }) => id)
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([500, 99_501, 100_000])
})

it('takes no more memory than it may for exchanges that are large', async () => {
  const { entry, observation } = await observed()
  const recorder = new Recorder({ bodyBytes: 1_000_000, totalBytes: 8_000_000 })
  const before = usedBytes()
  for (let index = 0; index < 100; index += 1) {
    const own = { ...observation, body: Buffer.alloc(1_000_000), bodyLength: 1_000_000 }
    recorder.begin(own)
    recorder.end({ ...entry }, own)
  }
  expect(usedBytes() - before).toBeLessThan(16_000_000)
  expect(recorder.exchanges().map(({ id }) => id)).toEqual([94, 95, 96, 97, 98, 99, 100])
})

it('keeps the beginning of errors that are large', async () => {
  const { entry, observation } = await observed()
  const recorder = new Recorder()
  const before = usedBytes()
  for (let index = 0; index < 100; index += 1) {
    const own = { ...observation }
    const cause = Object.assign(new Error(Buffer.alloc(1_000_000, 'm').toString()), {
      name: 'Large',
      code: 'E_LARGE',
    })
    const detail = `the handler failed: ${cause}`
    recorder.begin(own)
    recorder.end({ ...entry, detail, cause }, own)
  }
  expect(usedBytes() - before).toBeLessThan(40_000_000)
  const { detail = '', cause } = recorder.exchange(100)?.entry ?? {}
  expect([detail.length, detail.slice(0, 30), detail.at(-1)]).toEqual([
    65_537,
    'the handler failed: Large: mmm',
    '…',
  ])
  expect(cause).toMatchObject({ name: 'Large', code: 'E_LARGE', message: `${'m'.repeat(65_536)}…` })
})
