import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ActionProperties, LogEntry } from '../../src/index.ts'
import {
  naming,
  open,
  optionsWith,
  type Reply,
  send,
  urlOf,
} from '../shared/application-load-balancer.ts'

const action: ActionProperties = {
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: [{ TargetGroupArn: 'Blue' }, { TargetGroupArn: 'Green' }],
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
  },
}
const entries: LogEntry[] = []
const options = optionsWith({
  listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [action] } },
  targetGroups: {
    Blue: { TargetType: 'lambda', Targets: [{ Id: 'blue' }] },
    Green: { TargetType: 'lambda', Targets: [{ Id: 'green' }] },
  },
  targets: { blue: naming('blue'), green: naming('green') },
  log: (entry) => entries.push(entry),
})
const nameIn = (reply: Reply): string => JSON.parse(reply.body).name
const cookiesIn = (reply: Reply): string[] => [reply.headers['set-cookie'] ?? []].flat()
const cookieIn = (reply: Reply, index: number): string =>
  cookiesIn(reply)[index]?.split(';')[0] ?? ''

describe('target group stickiness', () => {
  it('sets two cookies, one of them for other sites', async () => {
    const reply = await send(urlOf(await open(options)))
    expect(cookiesIn(reply)).toEqual([
      expect.stringMatching(/^AWSALBTG=[A-Za-z0-9+/]+=*; Expires=.+ GMT; Path=\/$/),
      expect.stringMatching(
        /^AWSALBTGCORS=[A-Za-z0-9+/]+=*; Expires=.+ GMT; Path=\/; SameSite=None; Secure$/,
      ),
    ])
  })

  it.each([0, 1])('keeps a client with its group by cookie %i', async (index) => {
    const url = urlOf(await open(options))
    const first = await send(url)
    const headers = { cookie: `a=b; ${cookieIn(first, index)}` }
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(url, { headers })))
    expect(new Set(replies.map(nameIn))).toEqual(new Set([nameIn(first)]))
  })

  it('sets the cookies again with each answer', async () => {
    const url = urlOf(await open(options))
    const headers = { cookie: cookieIn(await send(url), 0) }
    expect(cookiesIn(await send(url, { headers }))).toHaveLength(2)
  })

  it('ends with its duration', async () => {
    const url = urlOf(await open(options))
    const headers = { cookie: cookieIn(await send(url), 0) }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    onTestFinished(() => void vi.useRealTimers())
    const replies = await Promise.all(Array.from({ length: 100 }, () => send(url, { headers })))
    expect(new Set(replies.map(nameIn))).toEqual(new Set(['blue', 'green']))
  })

  it('takes a cookie that is not its own for none', async () => {
    const url = urlOf(await open(options))
    const reply = await send(url, { headers: { cookie: `AWSALBTG=${'A'.repeat(80)}` } })
    expect(reply.status).toBe(200)
  })

  it('refuses a percent-encoded cookie: AWSALBTGCookieInvalid', async () => {
    const url = urlOf(await open(options))
    const reply = await send(url, { headers: { cookie: 'AWSALBTG=abc%3D' } })
    expect(reply.status).toBe(400)
    expect(entries.at(-1)?.errorReason).toBe('AWSALBTGCookieInvalid')
  })
})
