import fc from 'fast-check'
import { asciiText } from './texts.ts'

const segment = fc.oneof(
  fc.constantFrom('a', 'b.html', '', '.', '..', '%2e%2E', '%20', '%2F', '%2f', '%00', '%zz', '%'),
  fc.constantFrom('+', ';p=1', '[x]', '@', ':', '*', '~', '!$&,\'()"<>\\^`{|}', '%E2%82%AC'),
  asciiText({ minLength: 1, maxLength: 20, without: / |\t|\?|#/g }),
)

// No bytes outside ASCII: a Node server refuses them in a target, and so does the one in front.
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)

const queryKey = fc.oneof(
  fc.constantFrom('a', 'b', 'A', 'a[]', 'a%5B%5D', 'a[b]', 'a.b', '', '%61', '+', 'a;b', '?', '/'),
  fc.constantFrom('0', '1', '10', '2', '01', '-1', '1.5', '4294967294', '4294967295'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'q'),
  asciiText({ maxLength: 6, without: / |\t|&|=|#/g }),
)
const queryValue = fc.oneof(
  fc.constantFrom('', '1', '2', '=', 'a=b=c', '+', '%2B', '%20', '%26', ';', 'a,b', '%zz', '%'),
  fc.constantFrom('%C2%A5', '%C2', 'http://x/?y', '[object%20Object]', '%00'),
  asciiText({ maxLength: 20, without: / |\t|&|#/g }),
)
const pair = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(queryKey, queryValue).map(([key, value]) => `${key}=${value}`) },
  { weight: 2, arbitrary: queryKey },
  { weight: 1, arbitrary: fc.constant('') },
)
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 7,
    arbitrary: fc.array(pair, { maxLength: 8 }).map((pairs) => `?${pairs.join('&')}`),
  },
)

export const target: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: fc.tuple(path, query).map(([before, after]) => before + after) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, query)
      .map(([before, after]) => `http://Absolute.test${before}${after}`),
  },
)
