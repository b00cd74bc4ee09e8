import fc from 'fast-check'
import { type Field, field, phrase, status } from './fields.ts'
import { type NodeAnswer, nodeAnswer } from './node-behaviours.ts'
import { type Piece, piece, text } from './pieces.ts'

/** What a middleware does with `ctx`, or with `ctx.res` when Koa is told to keep out. */
export type KoaAnswer =
  | { readonly by: 'ctx'; readonly steps: readonly KoaStep[]; readonly flushes: boolean }
  | { readonly by: 'throw'; readonly steps: readonly KoaStep[]; readonly error: ThrownError }
  | { readonly by: 'res'; readonly answer: NodeAnswer }

export interface ThrownError {
  readonly status: number | null
  readonly message: string
  readonly exposes: boolean
  readonly headers: Record<string, string>
}

export type KoaStep =
  | { readonly do: 'set' | 'append'; readonly field: Field }
  | { readonly do: 'remove' | 'type' | 'attachment' | 'etag' | 'vary'; readonly text: string }
  | { readonly do: 'message' | 'redirect' | 'back'; readonly text: string }
  | { readonly do: 'status'; readonly status: number }
  | { readonly do: 'lastModified'; readonly at: string }
  | { readonly do: 'cookie'; readonly name: string; readonly value: string; readonly path: string }
  | { readonly do: 'body'; readonly body: KoaBody }

export type KoaBody =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'buffer' | 'blob' | 'web stream'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'stream'; readonly pieces: readonly Piece[]; readonly fails: boolean }
  | {
      readonly kind: 'response'
      readonly pieces: readonly Piece[]
      readonly status: number
      readonly headers: readonly [string, string][]
    }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'null' | 'undefined' }

const pieces = fc.array(piece, { maxLength: 4 })

const body: fc.Arbitrary<KoaBody> = fc.oneof(
  fc.record({ kind: fc.constant('string' as const), text }),
  fc.record({
    kind: fc.constantFrom('buffer' as const, 'blob' as const, 'web stream' as const),
    pieces,
  }),
  fc.record({
    kind: fc.constant('stream' as const),
    pieces,
    fails: fc.nat({ max: 9 }).map((chance) => chance === 9),
  }),
  fc.record({
    kind: fc.constant('response' as const),
    pieces,
    status: fc.constantFrom(200, 201, 404, 500),
    headers: fc.array(
      fc.constantFrom<[string, string]>(
        ['content-type', 'image/png'],
        ['x-a', 'b, c'],
        ['set-cookie', 'r=1'],
        ['set-cookie', 's=2; Path=/'],
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record({ kind: fc.constant('json' as const), value: fc.jsonValue({ maxDepth: 2 }) }),
  fc.record({ kind: fc.constantFrom('null' as const, 'undefined' as const) }),
)

const named = <Do extends KoaStep['do']>(name: Do): fc.Arbitrary<Do> => fc.constant(name)

const url = fc.constantFrom(
  '/',
  '/a b',
  'http://x.test/é?a=b',
  '//y.test',
  'back',
  '/<script>',
  '?q=%20',
)

const step: fc.Arbitrary<KoaStep> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: named('body'), body }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('set' as const, 'append' as const), field }),
  },
  { weight: 3, arbitrary: fc.record({ do: named('status'), status }) },
  { weight: 1, arbitrary: fc.record({ do: named('message'), text: phrase }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: named('type'),
      text: fc.constantFrom(
        'html',
        'json',
        '.png',
        'text/plain; charset=latin1',
        'bin',
        'nothing known',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: named('cookie'),
      name: fc.constantFrom('a', 'b', 'a.sig'),
      value: fc.constantFrom('1', '', 'x=y', 'é'),
      path: fc.constantFrom('/', '/x'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named('attachment'),
      text: fc.constantFrom('a.pdf', 'ünï €.txt', '"q".html'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: named('etag'), text: fc.constantFrom('tag', 'W/"1"') }) },
  { weight: 1, arbitrary: fc.record({ do: named('vary'), text: fc.constantFrom('Accept', '*') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named('remove'),
      text: fc.constantFrom('content-type', 'Content-Length', 'x-a'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: named('lastModified'), at: fc.constant('2015-01-01T00:00:00Z') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('redirect' as const, 'back' as const), text: url }),
  },
)

const error = fc.record<ThrownError>({
  status: fc.constantFrom(null, 400, 404, 418, 500, 503, 200, 999),
  message: text,
  exposes: fc.boolean(),
  headers: fc.constantFrom({}, { 'x-error': 'yes', 'set-cookie': 'e=1' }, { allow: 'GET, HEAD' }),
})

export const koaAnswer: fc.Arbitrary<KoaAnswer> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      by: fc.constant('ctx' as const),
      steps: fc.array(step, { maxLength: 6 }),
      flushes: fc.nat({ max: 9 }).map((chance) => chance === 9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant('throw' as const),
      steps: fc.array(step, { maxLength: 3 }),
      error,
    }),
  },
  { weight: 2, arbitrary: fc.record({ by: fc.constant('res' as const), answer: nodeAnswer }) },
)
