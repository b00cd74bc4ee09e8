import type { Transform } from 'node:stream'
import { requireBuiltin } from './builtin.ts'
import { lastValue } from './header-lines.ts'
import { type Field, type Fields, fieldOf, mediaTypeOf, type ResponseHead } from './response.ts'

/** Content codings in the order of preference among those a client likes equally. */
const CODINGS = ['br', 'gzip', 'zstd'] as const
export type Coding = (typeof CODINGS)[number]

/** The part of a request that decides whether its response may be compressed. */
export interface Acceptance {
  readonly method?: string | undefined
  readonly rawHeaders: readonly string[]
}

const COMPRESSIBLE_KIND = /^text\/.|.\+(?:json|text|xml)$/
// The other types that mime-db marks as compressible.
const COMPRESSIBLE = new RegExp(
  '^(?:application/(?:dart|ecmascript|javascript|json|octet-stream' +
    '|postscript|raml\\+yaml|rtf|tar|toml|vnd[.](?:dart|ms-fontobject|ms-opentype)|wasm' +
    '|x-(?:httpd-php|javascript|ns-proxy-autoconfig|sh|tar' +
    '|virtualbox-(?:hdd|o(?:va|vf)|v(?:box|di|hd|mdk))|www-form-urlencoded)|xml(?:-dtd)?)' +
    '|font/[ot]tf|image/(?:bmp|vnd[.](?:adobe[.]photoshop|microsoft[.]icon|ms-dds)|x-(?:icon|ms-bmp))' +
    '|message/rfc822|model/gltf-binary|x-shader/x-(?:fragment|vertex))$',
)

/** Fields that compression would make false, and that nobody but the app could make true again. */
const COVERING = [
  'content-digest',
  'content-encoding',
  'content-md5',
  'content-range',
  'digest',
  'im',
  'repr-digest',
  'signature',
  'signature-input',
]

/** Whether mime-db counts the media type as compressible. */
export function isCompressible(mediaType: string): boolean {
  return COMPRESSIBLE_KIND.test(mediaType) || COMPRESSIBLE.test(mediaType)
}

/**
 * The coding to compress a response with, or `undefined` when it must go as it is: encoded, a
 * range, not to be transformed, covered by a digest or a signature, of no compressible type, or the client
 * accepts none that this Node has.
 */
export function codingFor(request: Acceptance, head: ResponseHead): Coding | undefined {
  const { fields, statusCode } = head
  if (request.method === 'HEAD' || statusCode === 206 || statusCode === 304) return undefined
  if (fields.some(({ key }) => COVERING.includes(key))) return undefined
  const cacheControl = fieldOf(fields, 'cache-control')?.values.join() ?? ''
  if (/\bno-transform\b/i.test(cacheControl)) return undefined
  if (!isCompressible(mediaTypeOf(fields))) return undefined
  return accepted(lastValue(request.rawHeaders, 'accept-encoding') ?? '')
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 */
function accepted(acceptEncoding: string): Coding | undefined {
  const weights: Record<string, number | undefined> = {}
  for (const item of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.split('=')[1]
    weights[name] = weight === undefined ? 1 : Number(weight) || 0
  }
  weights.gzip ??= weights['x-gzip']
  const weightOf = (coding: Coding) => weights[coding] ?? weights['*'] ?? 0
  return CODINGS.filter((coding) => weightOf(coding) > 0 && createCompressorOf(coding)).sort(
    (one, other) => weightOf(other) - weightOf(one),
  )[0]
}

export function createCompressor(coding: Coding): Transform {
  // `codingFor` gives only what this Node has.
  return (createCompressorOf(coding) as () => Transform)()
}

/** zlib is loaded when a response needs it, not in every cold start; zstd is in Node 22.15+. */
function createCompressorOf(coding: Coding): (() => Transform) | undefined {
  const zlib = requireBuiltin('node:zlib') as typeof import('node:zlib')
  if (coding === 'gzip') return zlib.createGzip
  if (coding === 'zstd') return zlib.createZstdCompress
  // The default of 11 takes seconds for a megabyte; 5 is what servers use on the fly.
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 }
  return () => zlib.createBrotliCompress({ params })
}

/**
 * The fields of the compressed response.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3 on the entity tag
 */
export function toCompressedFields(original: Fields, coding: Coding): Fields {
  const fields = original.filter(isTrueCompressed).map(toCompressedField)
  fields.push({ key: 'content-encoding', name: 'Content-Encoding', values: [coding] })
  if (!fieldOf(fields, 'vary')) {
    fields.push({ key: 'vary', name: 'Vary', values: ['Accept-Encoding'] })
  }
  return fields
}

/** Whether what the field says holds for the compressed bytes, as it is or mended. */
function isTrueCompressed({ key, values }: Field): boolean {
  if (key === 'content-length') return false
  // The app's ranges are those of the bytes that it wrote.
  if (key === 'accept-ranges') return values.every((value) => value.toLowerCase() === 'none')
  // What is no entity tag has no weak form.
  return key !== 'etag' || values.every((value) => /^(?:W\/)?"/.test(value))
}

function toCompressedField(field: Field): Field {
  const { key, values } = field
  if (key === 'etag') return { ...field, values: values.map((tag) => tag.replace(/^"/, 'W/"')) }
  if (key !== 'vary') return field
  if (/(?:^|,)\s*(?:\*|accept-encoding)\s*(?:,|$)/i.test(values.join())) return field
  return { ...field, values: [...values, 'Accept-Encoding'] }
}
