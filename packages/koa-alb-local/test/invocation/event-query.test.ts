import { describe, expect, it } from 'vitest'
import { eventFor, head } from '../shared/load-balancer.ts'

const get = (query: string): string =>
  head(`GET /${query} HTTP/1.1`, 'Host: a.example', 'Connection: close')

async function multi(query: string): Promise<[string, string[]][]> {
  const event = await eventFor(get(query), { multiValueHeaders: true })
  return Object.entries(event.multiValueQueryStringParameters ?? {})
}

describe('query parameters in the event', () => {
  it('are an empty object without a query, in the field of the mode alone', async () => {
    const single = await eventFor(get(''))
    expect(single.queryStringParameters).toEqual({})
    expect(single).not.toHaveProperty('multiValueQueryStringParameters')
    const many = await eventFor(get(''), { multiValueHeaders: true })
    expect(many.multiValueQueryStringParameters).toEqual({})
    expect(many).not.toHaveProperty('queryStringParameters')
  })

  it('keep the last value of a key in single mode', async () => {
    const event = await eventFor(get('?a=1&b=2&a=3&a='))
    expect(event.queryStringParameters).toEqual({ a: '', b: '2' })
  })

  it('keep all values of a key in their order in multi mode', async () => {
    expect(await multi('?a=2&b=x&a=1&a')).toEqual([
      ['a', ['2', '1', '']],
      ['b', ['x']],
    ])
  })

  it('are not decoded', async () => {
    expect(await multi('?a+b=c%20d&%61=%C2%A5&x=%&y[]=1&y%5B%5D=2&j={"k":1}')).toEqual([
      ['%61', ['%C2%A5']],
      ['a+b', ['c%20d']],
      ['j', ['{"k":1}']],
      ['x', ['%']],
      ['y%5B%5D', ['2']],
      ['y[]', ['1']],
    ])
  })

  it('are sorted by the bytes of their keys', async () => {
    const keys = (await multi('?test=1&multi=2&Z=3&_=4')).map(([key]) => key)
    expect(keys).toEqual(['Z', '_', 'multi', 'test'])
  })

  it('come with keys like integers first, as JSON objects have them in Node', async () => {
    expect((await multi('?a=1&10=2&9=3')).map(([key]) => key)).toEqual(['9', '10', 'a'])
  })

  it('do not tell ?k from ?k=', async () => {
    expect(await multi('?k')).toEqual([['k', ['']]])
    expect(await multi('?k=')).toEqual([['k', ['']]])
  })

  it('split at the first equals sign, and not at commas or semicolons', async () => {
    expect(await multi('?a=b=c&d=1,2;e=3')).toEqual([
      ['a', ['b=c']],
      ['d', ['1,2;e=3']],
    ])
  })

  it('leave out empty pairs and keep an empty key', async () => {
    expect(await multi('?')).toEqual([])
    expect(await multi('?&a=1&&')).toEqual([['a', ['1']]])
    expect(await multi('?=v')).toEqual([['', ['v']]])
  })

  it('may have names that objects inherit', async () => {
    expect(await multi('?__proto__=1&constructor=2')).toEqual([
      ['__proto__', ['1']],
      ['constructor', ['2']],
    ])
  })
})
