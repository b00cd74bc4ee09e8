import { describe, expect, it } from 'vitest'
import { matches } from '../shared/application-load-balancer.ts'

const path = (...values: string[]) => ({ Field: 'path-pattern', Values: values }) as const
const host = (...values: string[]) => ({ Field: 'host-header', Values: values }) as const

describe('a path-pattern condition', () => {
  it.each([
    ['/img/*', '/img/a/b.png'],
    ['/img/*', '/img/'],
    ['/a?c', '/abc'],
    ['*', '/'],
    ['/*.png', '/a.b.png'],
    ['/a', '/a?b=/c'],
    ['//application*', '//application/x'],
  ])('%s matches %s', async (pattern, target) => {
    expect(await matches(path(pattern), { target })).toBe(true)
  })

  it.each([
    ['/img/*', '/IMG/a'],
    ['/img/*', '/img'],
    ['/a?c', '/ac'],
    ['/a?c', '/abbc'],
    ['/a', '/a/'],
    ['/a*', '/x/a'],
    ['/a b'.replace(' ', '+'), '/a%20b'],
  ])('%s does not match %s', async (pattern, target) => {
    expect(await matches(path(pattern), { target })).toBe(false)
  })

  it('matches when one of its values does', async () => {
    expect(await matches(path('/a', '/b'), { target: '/b' })).toBe(true)
  })

  it('takes its values from PathPatternConfig, too', async () => {
    const condition = { Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } } as const
    expect(await matches(condition, { target: '/a' })).toBe(true)
  })

  it('is quick to refuse a long path', async () => {
    const target = `/${'a'.repeat(16_000)}`
    expect(await matches(path('*a*a*a*a*b'), { target })).toBe(false)
  })
})

describe('a host-header condition', () => {
  it.each([
    ['*.example.com', 'api.example.com'],
    ['*.example.com', 'a.b.EXAMPLE.com'],
    ['API.example.com', 'api.example.com'],
    ['api.example.com', 'api.example.com:8080'],
    ['?.example.com', 'a.example.com'],
  ])('%s matches %s', async (pattern, name) => {
    expect(await matches(host(pattern), { headers: { host: name } })).toBe(true)
  })

  it.each([
    ['*.example.com', 'example.com'],
    ['?.example.com', 'ab.example.com'],
    ['example.com', 'example.com.evil'],
  ])('%s does not match %s', async (pattern, name) => {
    expect(await matches(host(pattern), { headers: { host: name } })).toBe(false)
  })

  it.each([
    [String.raw`^example\.com:8443$`, 'example.com:8443', true],
    [String.raw`^example\.com$`, 'example.com:8443', false],
    [String.raw`^example\.com$`, 'EXAMPLE.com', true],
  ])('of %s, an expression, sees the port in %s: %s', async (regex, name, expected) => {
    const condition = { ...host(), HostHeaderConfig: { RegexValues: [regex] } }
    expect(await matches(condition, { headers: { host: name } })).toBe(expected)
  })

  it('takes five values', async () => {
    const hosts = ['a.a', 'b.b', 'c.c', 'd.d', 'e.e']
    expect(await matches(host(...hosts), { headers: { host: 'e.e' } })).toBe(true)
  })

  it('looks at the authority of an absolute request target', async () => {
    const request = { target: 'http://a.example/', headers: { host: 'b.example' } }
    expect(await matches(host('a.example'), request)).toBe(true)
  })
})

describe('an http-header condition', () => {
  const header = (...values: string[]) => {
    return {
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: 'User-Agent', Values: values },
    } as const
  }

  it.each([
    ['*chrome*', 'Mozilla Chrome/1'],
    ['curl/?', 'CURL/8'],
    ['a\\*b', 'a*b'],
  ])('%s matches %s', async (pattern, value) => {
    expect(await matches(header(pattern), { headers: { 'user-AGENT': value } })).toBe(true)
  })

  it.each([
    ['*chrome', 'chrome/1'],
    ['a\\*b', 'axb'],
  ])('%s does not match %s', async (pattern, value) => {
    expect(await matches(header(pattern), { headers: { 'user-agent': value } })).toBe(false)
  })

  it('does not match a request without the header', async () => {
    expect(await matches(header('*'), {})).toBe(false)
  })

  it('looks at every line of the name', async () => {
    const condition = {
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: 'x', Values: ['b'] },
    } as const
    expect(await matches(condition, { headers: { x: ['a', 'b'] } })).toBe(true)
  })
})

describe('an http-request-method condition', () => {
  const method = {
    Field: 'http-request-method',
    HttpRequestMethodConfig: { Values: ['PUT', 'PURGE'] },
  } as const

  it('matches its methods, custom ones too', async () => {
    expect(await matches(method, { method: 'PUT' })).toBe(true)
    expect(await matches(method, { method: 'PURGE' })).toBe(true)
  })

  it('matches no other method', async () => {
    expect(await matches(method, { method: 'POST' })).toBe(false)
  })
})

describe('a query-string condition', () => {
  const query = (...values: { Key?: string; Value: string }[]) => {
    return { Field: 'query-string', QueryStringConfig: { Values: values } } as const
  }

  it.each([
    [{ Key: 'version', Value: 'v1' }, '/?a=b&VERSION=V1'],
    [{ Key: 'version', Value: 'v*' }, '/?version=v'],
    [{ Key: 'v?', Value: '*' }, '/?vx='],
    [{ Value: '*example*' }, '/?any=an-example-of'],
    [{ Value: '\\*' }, '/?a=*'],
  ])('%j matches %s', async (value, target) => {
    expect(await matches(query(value), { target })).toBe(true)
  })

  it.each([
    [{ Key: 'version', Value: 'v1' }, '/?version=v10'],
    [{ Key: 'version', Value: 'v1' }, '/?v1=version'],
    [{ Value: 'a b' }, '/?x=a%20b'],
    [{ Value: '*' }, '/'],
  ])('%j does not match %s', async (value, target) => {
    expect(await matches(query(value), { target })).toBe(false)
  })
})

describe('a source-ip condition', () => {
  const from = (...values: string[]) =>
    ({ Field: 'source-ip', SourceIpConfig: { Values: values } }) as const

  it('matches the peer in its network', async () => {
    expect(await matches(from('192.0.2.0/24', '127.0.0.0/8'), {})).toBe(true)
  })

  it('tells addresses of a network apart', async () => {
    expect(await matches(from('127.0.0.2/32'), { localAddress: '127.0.0.2' })).toBe(true)
    expect(await matches(from('127.0.0.2/32'), { localAddress: '127.0.0.3' })).toBe(false)
  })

  it('never looks at X-Forwarded-For', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    expect(await matches(from('192.0.2.1/32'), { headers })).toBe(false)
  })

  it('does not match an IPv4 peer in an IPv6 network', async () => {
    expect(await matches(from('::/0'), {})).toBe(false)
  })
})

describe('a text with other characters than visible ASCII', () => {
  const header = (config: { Values: string[] } | { RegexValues: string[] }) =>
    ({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x', ...config } }) as const

  it.each([
    ['a header with a tab', header({ Values: ['a*b'] }), { headers: { x: 'a\tb' } }],
    ['a header beyond ASCII', header({ Values: ['a*b'] }), { headers: { x: 'a\xe9b' } }],
    [
      'a header, by a regular expression',
      header({ RegexValues: ['^a'] }),
      { headers: { x: 'a\tb' } },
    ],
  ])('is not matched: %s', async (_name, condition, request) => {
    expect(await matches(condition, request)).toBe(false)
  })

  it('keeps no other line of the name from being matched', async () => {
    const headers = { x: ['a\tb', 'a b'] }
    expect(await matches(header({ Values: ['a*b'] }), { headers })).toBe(true)
  })
})

describe('several conditions', () => {
  it('must all hold', async () => {
    const conditions = [path('/a'), host('a.example')]
    expect(await matches(conditions, { target: '/a', headers: { host: 'a.example' } })).toBe(true)
    expect(await matches(conditions, { target: '/a', headers: { host: 'b.example' } })).toBe(false)
  })

  it('may be of one field for headers and queries', async () => {
    const header = (name: string) =>
      ({
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: name, Values: ['1'] },
      }) as const
    const query = (Value: string) =>
      ({ Field: 'query-string', QueryStringConfig: { Values: [{ Value }] } }) as const
    const conditions = [header('x'), header('y'), query('a'), query('b')]
    const headers = { x: '1', y: '1' }
    expect(await matches(conditions, { target: '/?k=a&l=b', headers })).toBe(true)
    expect(await matches(conditions, { target: '/?k=a', headers })).toBe(false)
  })
})
