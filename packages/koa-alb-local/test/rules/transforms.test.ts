import { describe, expect, it } from 'vitest'
import type { AlbEvent, LogEntry, TransformProperties } from '../../src/index.ts'
import {
  fixed,
  forward,
  open,
  optionsWith,
  send,
  urlOf,
} from '../shared/application-load-balancer.ts'

const url = (Regex: string, Replace: string): TransformProperties => ({
  Type: 'url-rewrite',
  UrlRewriteConfig: { Rewrites: [{ Regex, Replace }] },
})
const host = (Regex: string, Replace: string): TransformProperties => ({
  Type: 'host-header-rewrite',
  HostHeaderRewriteConfig: { Rewrites: [{ Regex, Replace }] },
})

async function rewrite(
  transforms: TransformProperties[],
  target: string,
): Promise<{ status: number; event: AlbEvent; entry: LogEntry | undefined }> {
  const entries: LogEntry[] = []
  const loadBalancer = await open(
    optionsWith({
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('default')] } },
      listenerRules: {
        Rewriting: {
          ListenerArn: 'Web',
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
          Actions: [forward('Api')],
          Transforms: transforms,
        },
      },
      log: (entry) => entries.push(entry),
    }),
  )
  const reply = await send(urlOf(loadBalancer), { target, headers: { host: 'a.example' } })
  await loadBalancer.close()
  const { event } = reply.status === 200 ? JSON.parse(reply.body) : { event: undefined }
  return { status: reply.status, event, entry: entries[0] }
}

describe('a url-rewrite transform', () => {
  it('changes path and query in the event', async () => {
    const { event } = await rewrite(
      [url('^/api/v1/(.*)\\?(.*)$', '/$1?old=1&$2')],
      '/api/v1/a%20b?c=d',
    )
    expect(event).toMatchObject({ path: '/a%20b', queryStringParameters: { c: 'd', old: '1' } })
  })

  it('takes no part of its replacement for a pattern but $1 to $9', async () => {
    expect((await rewrite([url('/a', '/$&$$x$0')], '/a')).event.path).toBe('/$&$$x$0')
  })

  it('replaces the first match alone, and leaves out a group without a part in it', async () => {
    expect((await rewrite([url('/(a)|/(b)', '/x$1$2$3')], '/b/a')).event.path).toBe('/xb/a')
  })

  it('may be without regard to case', async () => {
    expect((await rewrite([url('(?i)/OLD', '/new')], '/old')).event.path).toBe('/new')
  })

  it('takes no long path for a riddle', async () => {
    const target = `/${'a'.repeat(8000)}!`
    expect((await rewrite([url('^/(([a-z]+)/?)+$', '/$1')], target)).event.path).toBe(target)
  })

  it('that does not match changes nothing', async () => {
    const { event, entry } = await rewrite([url('^/other', '/b')], '/a?b')
    expect(event.path).toBe('/a')
    expect(entry).toMatchObject({ actions: ['forward'] })
    expect(entry).not.toHaveProperty('transformStatus')
  })

  it('whose result is no path is answered with 500', async () => {
    const { status, entry } = await rewrite([url('^/(.*)$', '$1')], '/a')
    expect(status).toBe(500)
    expect(entry).toMatchObject({ transformStatus: 'TransformInvalidPath', actions: ['rewrite'] })
  })

  it('shows on the log', async () => {
    const { entry } = await rewrite([url('^/a', '/b')], '/a?c')
    expect(entry).toMatchObject({
      target: '/a?c',
      actions: ['rewrite', 'forward'],
      transformedHost: 'a.example',
      transformedUri: '/b?c',
      transformStatus: 'TransformSuccess',
    })
  })
})

describe('a host-header-rewrite transform', () => {
  it('changes host in the event', async () => {
    const { event } = await rewrite([host('^(.*)\\.example$', '$1.internal')], '/')
    expect(event.headers?.host).toBe('a.internal')
  })

  it('goes together with a url-rewrite', async () => {
    const { event } = await rewrite([host('^a', 'b'), url('^/', '/c/')], '/d')
    expect([event.headers?.host, event.path]).toEqual(['b.example', '/c/d'])
  })

  it('whose result is no host is answered with 500', async () => {
    const { status, entry } = await rewrite([host('example', 'a/b')], '/')
    expect(status).toBe(500)
    expect(entry?.transformStatus).toBe('TransformInvalidHost')
  })

  it('leaves bytes beyond ASCII that the client sent as they are', async () => {
    const { event, entry } = await rewrite([url('^/old', '/new')], '/old?q=\xc3\xbc')
    expect(entry?.transformStatus).toBe('TransformSuccess')
    expect([event.path, event.queryStringParameters]).toEqual(['/new', { q: 'ü' }])
  })
})
