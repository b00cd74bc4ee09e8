import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from './calls.ts'
import { comparable, isDifferent } from './differences.ts'
import { invoke, Listening, RoundTrips } from './exchange.ts'
import { play } from './play.ts'
import { stages } from './stages.ts'

const trips = new RoundTrips()
const listening = new Listening()

beforeAll(async () => {
  await trips.open()
  await listening.open()
})

afterAll(() => {
  trips.close()
  listening.close()
})

// What a server gives in this run is what is expected, so it is right on every Node line.
describe.each([true, false])('with listeners: %s', (isListened) => {
  it.each(stages)('every call gives what a server gives $name', async (stage) => {
    for (const call of calls) {
      if (isDifferent({ stage: stage.name, call: call.name, isListened })) continue
      const expected = await play(listening.begin, trips, stage, call, isListened)
      const actual = await play(invoke, trips, stage, call, isListened)
      if (!expected || !actual) throw new Error(`${call.name} was never made`)
      expect(comparable(actual, isListened), call.name).toEqual(comparable(expected, isListened))
    }
  })
})
