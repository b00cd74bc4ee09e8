import { LATER, type Stage, turns } from './stage.ts'

const SMALL = 5
const LARGE = 200_000

export const readingStages: readonly Stage[] = [
  { name: 'a small body, in the listener', bodyBytes: SMALL, arrive: (_, act) => act() },
  {
    name: 'a small body, a tick later',
    bodyBytes: SMALL,
    arrive: (_, act) => process.nextTick(act),
  },
  {
    name: 'a small body unread, some turns later',
    bodyBytes: SMALL,
    arrive: (_, act) => turns(LATER, act),
  },
  {
    name: 'a small body, in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('data', act),
  },
  {
    name: 'a small body, paused in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.pause()
        act()
      }),
  },
  {
    name: 'a small body, some turns after it was paused in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.pause()
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body, some turns after pause()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.pause()
      turns(LATER, act)
    },
  },
  {
    name: 'a small body, after resume()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.resume()
      act()
    },
  },
  {
    name: 'a small body, in readable',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('readable', act),
  },
  {
    name: 'a small body, half read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('readable', () => {
        req.read(2)
        act()
      }),
  },
  {
    name: 'a small body, some turns after it was half read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('readable', () => {
        req.read(2)
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body, in end',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('end', act).resume(),
  },
  {
    name: 'a small body, some turns after it was read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.resume()
      turns(LATER, act)
    },
  },
  {
    name: 'a small body unread, after end of res',
    bodyBytes: SMALL,
    arrive: ({ res }, act) => {
      res.end('a')
      act()
    },
  },
  {
    name: 'a small body unread, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ res }, act) => {
      res.end('a')
      turns(LATER, act)
    },
  },
  {
    name: 'a small body half read, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req.once('readable', () => {
        req.read(2)
        res.end('a')
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body paused, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req.once('data', () => {
        req.pause()
        res.end('a')
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body read, some turns after res.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req
        .once('end', () => {
          res.destroy()
          turns(LATER, act)
        })
        .resume(),
  },
  {
    name: 'a small body, in data after req.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.destroy()
        act()
      }),
  },
  {
    name: 'a small body, in end after req.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req
        .once('end', () => {
          req.destroy()
          act()
        })
        .resume(),
  },
  { name: 'a large body unread, in the listener', bodyBytes: LARGE, arrive: (_, act) => act() },
  {
    name: 'a large body unread, some turns later',
    bodyBytes: LARGE,
    arrive: (_, act) => turns(LATER, act),
  },
  {
    name: 'a large body, in data after req.destroy()',
    bodyBytes: LARGE,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.destroy()
        act()
      }),
  },
  {
    name: 'a large body, in end',
    bodyBytes: LARGE,
    arrive: ({ req }, act) => void req.once('end', act).resume(),
  },
]
