import { describe, expect, it } from 'vitest'
import { cookieNames, lastOfEachCookie } from '../src/cookies.ts'

describe('names for cookies of one document', () => {
  it('begin with the spelling of the app', () => {
    expect(cookieNames('Set-Cookie', 4, 'GET /')).toEqual([
      'Set-Cookie',
      'set-Cookie',
      'SEt-Cookie',
      'sEt-Cookie',
    ])
  })

  it('are 512 at the most, all different', () => {
    expect(new Set(cookieNames('set-cookie', 512, 'GET /')).size).toBe(512)
    expect(() => cookieNames('set-cookie', 513, 'GET /')).toThrow(
      expect.objectContaining({ code: 'ALB_ERR_TOO_MANY_COOKIES' }),
    )
  })
})

describe('of cookies of one identity', () => {
  it('the last stays, in its place', () => {
    const cookies = ['a=1; path=/', 'b=2', 'a=3; Path=/; HttpOnly']
    expect(lastOfEachCookie(cookies)).toEqual(['b=2', 'a=3; Path=/; HttpOnly'])
  })

  it('domains compare without case and leading dot', () => {
    const cookies = ['a=1; Domain=.Example.com', 'a=2; domain=example.com']
    expect(lastOfEachCookie(cookies)).toEqual(['a=2; domain=example.com'])
  })

  it('other paths, domains and names are other cookies', () => {
    const cookies = ['a=1', 'a=1; path=/x', 'a=1; path=/x=1', 'a=1; domain=b.c', 'A=1']
    expect(lastOfEachCookie(cookies)).toEqual(cookies)
  })

  it('a cookie without an equals sign has no name', () => {
    expect(lastOfEachCookie(['a', 'a=1', 'b'])).toEqual(['a=1', 'b'])
  })

  it('a path that does not begin with a slash counts as none', () => {
    expect(lastOfEachCookie(['a=1', 'a=2; path=x'])).toEqual(['a=2; path=x'])
  })

  it('a partitioned cookie is another one, in either order', () => {
    const cookies = ['a=1; Path=/; Secure; Partitioned', 'a=; Path=/; Max-Age=0']
    expect(lastOfEachCookie(cookies)).toEqual(cookies)
    expect(lastOfEachCookie(cookies.toReversed())).toEqual(cookies.toReversed())
  })

  it('of two partitioned cookies the last stays', () => {
    const cookies = ['a=1; Partitioned', 'a=2; partitioned']
    expect(lastOfEachCookie(cookies)).toEqual(['a=2; partitioned'])
  })
})
