import fc from 'fast-check'
import { type Start, starts } from '../readers/pace.ts'
import { type ReaderName, readers } from '../readers/readers.ts'
import { type ExpressAnswer, expressAnswer } from './express-behaviours.ts'
import { type KoaAnswer, koaAnswer } from './koa-behaviours.ts'
import { type NodeAnswer, nodeAnswer } from './node-behaviours.ts'
import type { Pace, Reading } from './seen.ts'

/** What an app does with a request: plain data, so that a counterexample is JSON. */
export type Behaviour =
  | { readonly app: 'listener'; readonly reading: Reading; readonly answer: NodeAnswer }
  | { readonly app: 'koa'; readonly reading: Reading; readonly answer: KoaAnswer }
  | { readonly app: 'express'; readonly reading: Reading; readonly answer: ExpressAnswer }

/** But those to which a server loses a part of what came in one packet with the head. */
const readerNames = (Object.keys(readers) as ReaderName[]).filter(
  (name) => name !== 'data on the next tick' && name !== 'setEncoding(base64)',
)

const pace = fc.record<Pace>({
  reader: fc.constantFrom(...readerNames),
  start: fc.constantFrom(...(Object.keys(starts) as Start[])),
  wait: fc.constantFrom('nothing', 'a tick', 'a promise', 'a turn'),
})

const reading = fc.oneof(
  { weight: 6, arbitrary: pace },
  { weight: 6, arbitrary: fc.constant<Reading>('all') },
  { weight: 4, arbitrary: fc.constantFrom<Reading>('one byte', 'none') },
)

export const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ app: fc.constant('listener' as const), reading, answer: nodeAnswer }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ app: fc.constant('koa' as const), reading, answer: koaAnswer }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ app: fc.constant('express' as const), reading, answer: expressAnswer }),
  },
)
