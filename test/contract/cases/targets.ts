import type { Case, Difference } from '../contract.ts'
import { get, request } from '../request.ts'

const sorted = 'the event lists keys by their bytes'
const alike = 'the event has an empty text for both ?k and ?k='
const last = 'in single mode the last value of a key survives'

/** The app sees the target exactly as sent, unless told otherwise. */
function target(
  name: string,
  sent: string,
  differences: { single?: Difference; multi?: Difference; balanced?: Difference } = {},
): Case {
  return {
    name,
    app: (saw) => (req, res) => {
      saw(req.url)
      res.end()
    },
    request: get(sent),
    saw: [sent],
    ...differences,
  }
}

export const targetCases: readonly Case[] = [
  target('a path reaches the app', '/a/b/c.html'),
  target('a trailing slash stays', '/a/b/'),
  target('an encoded slash stays encoded', '/a%2Fb%2fc'),
  target('an encoded percent sign stays encoded', '/100%25'),
  target('a broken escape stays as it is', '/a%zz%'),
  target('several slashes stay several', '//a///b//'),
  target('dots stay dots', '/a/./b/../c/..'),
  target('encoded dots stay encoded', '/%2e%2e/a'),
  target('encoded letters stay encoded, in the case they were sent', '/caf%C3%A9/%c3%a9/%E2%82%AC'),
  target('a plus in a path stays a plus', '/a+b'),
  target('punctuation stays as it is', "/;p=1,2/@!$&'()*~:-._"),
  target('characters that should be encoded stay as they are', '/a|b"c<d>e^f`{g}'),
  target('a query reaches the app', '/?a=1&b=2'),
  target('a plus in a query stays a plus', '/?q=a+b'),
  target('%2B and %20 stay as they are', '/?a=%2B&b=%20'),
  target('escapes beyond ASCII stay, in the case they were sent', '/?q=%C3%A9%e2%82%ac'),
  target('an encoded ampersand and equals sign stay encoded', '/?a=%26%3D'),
  target('a double escape stays double', '/?a=%2520'),
  target('equals signs in a value stay', '/?a=b=c=='),
  target('a question mark in a value stays', '/?a=b?c?'),
  target('brackets stay, encoded or not', '/?a%5B%5D=2&a[]=1'),
  target('an escaped key stays escaped', '/?%C3%A9%20=1'),
  target('slashes, colons and at signs in a value stay', '/?u=https://a:b@c/d'),
  target('a broken escape in a query stays', '/?q=%&r=%zz'),
  target('semicolons separate nothing', '/?a=1;b=2'),
  target(
    'keys that are members of Object.prototype are ordinary keys',
    '/?__proto__=1&constructor=2',
  ),
  target('an empty value stays', '/?a=&b=1'),
  target('a long query stays whole', `/?q=${'x'.repeat(8000)}`),
  target('repeated keys keep their values in order', '/?a=2&a=1&a=3', {
    single: { because: last, saw: ['/?a=3'] },
  }),
  target('repeated keys in brackets keep their values', '/?a[]=2&a[]=1', {
    single: { because: last, saw: ['/?a[]=1'] },
  }),
  target('keys keep their order', '/?b=1&a=2', {
    balanced: { because: sorted, saw: ['/?a=2&b=1'] },
  }),
  target('a repeated key keeps its places', '/?a=1&b=2&a=3', {
    single: { because: last, saw: ['/?a=3&b=2'] },
    multi: { because: sorted, saw: ['/?a=1&a=3&b=2'] },
  }),
  target('keys that are numbers keep their order', '/?b=1&2=x&10=y', {
    balanced: { because: 'JSON objects list integer keys first', saw: ['/?2=x&10=y&b=1'] },
  }),
  target('a key without an equals sign stays without', '/?flag', {
    balanced: { because: alike, saw: ['/?flag='] },
  }),
  target('a lone question mark stays', '/?', {
    balanced: { because: 'the event has no parameters for both', saw: ['/'] },
  }),
  target('empty pairs stay', '/?&a=1&&b=2&', {
    balanced: { because: 'the event has no place for empty pairs', saw: ['/?a=1&b=2'] },
  }),
  target('an absolute target stays absolute', 'http://app.test:8080/a?b=1', {
    balanced: { because: 'the load balancer takes its authority as Host', saw: ['/a?b=1'] },
  }),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'PURGE', 'QUERY'].map(
    (method): Case => ({
      name: `${method} reaches the app`,
      app: (saw) => (req, res) => {
        saw(req.method)
        res.end('x')
      },
      request: request(`${method} / HTTP/1.1`, ['Content-Length: 0']),
      body: 'x',
      saw: [method],
    }),
  ),
]
