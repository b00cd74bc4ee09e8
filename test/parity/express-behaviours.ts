import fc from 'fast-check'
import { type Field, field, status } from './fields.ts'
import type { ThrownError } from './koa-behaviours.ts'
import { type Piece, piece, text } from './pieces.ts'

/** What an Express handler does: steps on `res`, then one that answers. */
export interface ExpressAnswer {
  readonly steps: readonly ExpressStep[]
  readonly final: ExpressFinal
}

export type ExpressStep =
  | { readonly do: 'set' | 'append'; readonly field: Field }
  | { readonly do: 'status'; readonly status: number }
  | { readonly do: 'type' | 'vary' | 'location' | 'attachment'; readonly text: string }
  | { readonly do: 'cookie' | 'clearCookie'; readonly name: string; readonly value: string }

export type ExpressFinal =
  | { readonly by: 'send'; readonly text: string }
  | { readonly by: 'send bytes' | 'stream'; readonly pieces: readonly Piece[] }
  | { readonly by: 'json' | 'jsonp'; readonly value: unknown }
  | { readonly by: 'redirect'; readonly status: number; readonly url: string }
  | { readonly by: 'sendStatus'; readonly status: number }
  | { readonly by: 'end' | 'pass' }
  | { readonly by: 'throw'; readonly error: ThrownError }

const step: fc.Arbitrary<ExpressStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('set' as const, 'append' as const), field }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('status' as const), status }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'type' as const,
        'vary' as const,
        'location' as const,
        'attachment' as const,
      ),
      text: fc.constantFrom('html', 'json', 'png', 'a/b', 'ünï €.txt', 'http://x.test/é?a b'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('cookie' as const, 'clearCookie' as const),
      name: fc.constantFrom('a', 'b'),
      value: fc.constantFrom('1', 'x=y; z', 'é'),
    }),
  },
)

const pieces = fc.array(piece, { maxLength: 3 })

const final: fc.Arbitrary<ExpressFinal> = fc.oneof(
  fc.record({ by: fc.constant('send' as const), text }),
  fc.record({ by: fc.constantFrom('send bytes' as const, 'stream' as const), pieces }),
  fc.record({
    by: fc.constantFrom('json' as const, 'jsonp' as const),
    value: fc.jsonValue({ maxDepth: 2 }),
  }),
  fc.record({
    by: fc.constant('redirect' as const),
    status: fc.constantFrom(301, 302, 303, 307, 308),
    url: fc.constantFrom('/', 'http://x.test/é?a b', '/<script>'),
  }),
  fc.record({ by: fc.constant('sendStatus' as const), status }),
  fc.record({ by: fc.constantFrom('end' as const, 'pass' as const) }),
  fc.record({
    by: fc.constant('throw' as const),
    error: fc.record<ThrownError>({
      status: fc.constantFrom(null, 400, 418, 500),
      message: text,
      exposes: fc.boolean(),
      headers: fc.constantFrom({}, { 'x-error': 'yes' }),
    }),
  }),
)

export const expressAnswer: fc.Arbitrary<ExpressAnswer> = fc.record({
  steps: fc.array(step, { maxLength: 5 }),
  final,
})
