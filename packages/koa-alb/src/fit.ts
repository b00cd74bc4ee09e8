import type { BodyPlan } from './body.ts'
import {
  type Acceptance,
  type Coding,
  codingFor,
  createCompressor,
  toCompressedFields,
} from './compression.ts'
import { documentBytes, fits, headBytesOf } from './document-size.ts'
import { AlbError } from './errors.ts'
import { bytesOfBody, type HttpResponse, type ResponseHead } from './response.ts'
import { isTextual, type Recipient, toResult } from './result.ts'
import type { AlbResult } from './types.ts'

/** What a document is made for. */
export interface Destination extends Acceptance, Recipient {
  readonly limitBytes: number
}

/** How a body goes on that might not fit, from the head of its response. */
export function planBody(head: ResponseHead, destination: Destination): BodyPlan {
  const room = roomFor(head, destination)
  const textual = isTextual(head.fields)
  const plan = {
    capacityBytes: textual ? room : base64Capacity(room),
    tooLarge: (bytes: number) => {
      const least = destination.limitBytes - room + (textual ? bytes : Math.ceil(bytes / 3) * 4)
      return tooLarge(destination, bytes, least, ' or more')
    },
  }
  const coding = codingFor(destination, head)
  if (!coding) return plan
  const compressedRoom = roomFor(toCompressed(head, coding), destination)
  const compression = {
    createCompressor: () => createCompressor(coding),
    capacityBytes: base64Capacity(compressedRoom),
  }
  return { ...plan, compression }
}

/**
 * The document for a response, which takes at most the limit. Only a response that does not fit as
 * it is goes another way: as base64 where escapes make its text longer than that, else compressed.
 * `isCompressed` says that the plan has compressed the body while it passed. Where compression is
 * left to do, `signal` is asked for: aborted, it ends the compressor, and its reason rejects.
 * @throws AlbError as `toResult`, and `ALB_ERR_RESPONSE_TOO_LARGE`
 */
export function toFittingResult(
  { head, body, isCompressed }: HttpResponse & { readonly isCompressed: boolean },
  destination: Destination,
  signal?: () => AbortSignal,
): AlbResult | Promise<AlbResult> {
  const { limitBytes } = destination
  if (isCompressed) {
    const coding = codingFor(destination, head)
    if (coding) return toResult({ head: toCompressed(head, coding), body }, destination)
  }
  const result = toResult({ head, body }, destination)
  if (fits(result, limitBytes)) return result
  const bytes = bytesOfBody(body)
  const base64 = { ...result, body: bytes.toString('base64'), isBase64Encoded: true }
  if (fits(base64, limitBytes)) return base64
  const least = Math.min(documentBytes(result), documentBytes(base64))
  const error = () => tooLarge(destination, bytes.length, least)
  const coding = codingFor(destination, head)
  if (!coding) throw error()
  return compressed(bytes, coding, signal?.()).then((content) => {
    const smaller = toResult({ head: toCompressed(head, coding), body: content }, destination)
    if (fits(smaller, limitBytes)) return smaller
    throw error()
  })
}

async function compressed(body: Buffer, coding: Coding, signal?: AbortSignal): Promise<Buffer> {
  const compressor = createCompressor(coding)
  const abort = (): void => void compressor.destroy(signal?.reason)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    compressor.end(body)
    const chunks: Buffer[] = []
    for await (const chunk of compressor) chunks.push(chunk)
    return Buffer.concat(chunks)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function toCompressed(head: ResponseHead, coding: Coding): ResponseHead {
  return { ...head, fields: toCompressedFields(head.fields, coding) }
}

/** Bytes that the head leaves to the body. */
function roomFor(head: ResponseHead, destination: Destination): number {
  return destination.limitBytes - headBytesOf(toResult({ head, body: '' }, destination))
}

function base64Capacity(bytes: number): number {
  return Math.floor(bytes / 4) * 3
}

function tooLarge(
  { title, limitBytes }: Destination,
  raw: number,
  document: number,
  more = '',
): AlbError {
  return new AlbError(
    'ALB_ERR_RESPONSE_TOO_LARGE',
    `${title}: a body of ${raw} bytes${more} makes a document of ${document} bytes${more}; ${limitBytes} are allowed`,
  )
}
