import fc from 'fast-check'
import { type Field, field, headerField, phrase, status, strangePhrase } from './fields.ts'
import { type Piece, piece } from './pieces.ts'

/** What a listener does with `res`. */
export interface NodeAnswer {
  readonly interim: readonly ('continue' | 'processing' | 'early hints')[]
  readonly fields: readonly SetField[]
  readonly sendsDate: boolean
  readonly head: NodeHead
  readonly flushes: boolean
  readonly chunked: boolean
  readonly body: NodeBody
  readonly trailers: readonly Field[]
  readonly ending: 'end' | 'end twice' | 'destroy' | 'destroy socket' | 'source fails'
}

export interface SetField {
  readonly by: 'setHeader' | 'appendHeader' | 'setHeaders' | 'removeHeader'
  readonly field: Field
}

export type NodeHead =
  | { readonly by: 'statusCode'; readonly status: number; readonly phrase: string | null }
  | {
      readonly by: 'writeHead'
      readonly status: number
      readonly phrase: string | null
      readonly headers: {
        readonly as: 'none' | 'object' | 'flat' | 'pairs'
        readonly fields: readonly Field[]
      }
    }

export interface NodeBody {
  readonly by: 'end' | 'write' | 'cork' | 'awaited write' | 'turns' | 'pipe' | 'pipeline' | 'echo'
  readonly pieces: readonly Piece[]
  readonly compression: 'gzip' | 'br' | 'deflate' | null
  readonly declaresLength: 'number' | 'text' | null
}

const setField = fc.record<SetField>({
  by: fc.constantFrom('setHeader', 'setHeader', 'appendHeader', 'setHeaders', 'removeHeader'),
  field,
})

const head = fc.oneof(
  fc.record({
    by: fc.constant('statusCode' as const),
    status,
    phrase: fc.option(phrase, { freq: 1 }),
  }),
  fc.record({
    by: fc.constant('writeHead' as const),
    status,
    phrase: fc.option(
      fc.oneof({ weight: 30, arbitrary: phrase }, { weight: 1, arbitrary: strangePhrase }),
      { freq: 1 },
    ),
    headers: fc.record({
      as: fc.constantFrom('none', 'object', 'flat', 'pairs'),
      fields: fc.array(field, { maxLength: 4 }),
    }),
  }),
)

const body = fc.record<NodeBody>({
  by: fc.constantFrom(
    'end',
    'end',
    'write',
    'cork',
    'awaited write',
    'turns',
    'pipe',
    'pipeline',
    'echo',
  ),
  pieces: fc.array(piece, { maxLength: 4 }),
  compression: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('gzip' as const, 'br' as const, 'deflate' as const) },
  ),
  declaresLength: fc.constantFrom(null, null, 'number', 'text'),
})

export const nodeAnswer: fc.Arbitrary<NodeAnswer> = fc.record<NodeAnswer>({
  interim: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom('continue', 'processing', 'early hints'), {
        maxLength: 3,
      }),
    },
  ),
  fields: fc.array(setField, { maxLength: 6 }),
  sendsDate: fc.nat({ max: 9 }).map((chance) => chance !== 9),
  head,
  flushes: fc.nat({ max: 4 }).map((chance) => chance === 4),
  chunked: fc.nat({ max: 7 }).map((chance) => chance === 7),
  body,
  trailers: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(headerField, { maxLength: 2 }) },
  ),
  ending: fc.oneof(
    { weight: 40, arbitrary: fc.constant('end') },
    { weight: 2, arbitrary: fc.constant('end twice') },
    { weight: 3, arbitrary: fc.constantFrom('destroy', 'destroy socket', 'source fails') },
  ),
})
