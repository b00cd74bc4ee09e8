import { Readable } from 'node:stream'

export const chunkBytes = 65_536

// What the apps answer with and are sent: the same bytes on every run.

export const smallJson = { id: 42, name: 'Ada Lovelace', roles: ['admin', 'editor'], active: true }

const asciiItem = '<li class="item"><a href="/items/7?from=list">Item seven</a> in "stock"</li>\n'
const unicodeItem = '<li class="item"><a href="/items/7">Größe „L“, 日本製</a> für 7,50 €</li>\n'

export const html = page(asciiItem)
export const unicodeHtml = page(unicodeItem)

/** 1 KB as JSON. */
export const order = {
  customer: { id: 7, name: 'Grace Hopper', email: 'grace@example.com' },
  lines: Array.from({ length: 15 }, (_, index) => ({
    sku: `SKU-${1000 + index}`,
    title: 'Blue "M" mug',
    price: 9.5,
    quantity: index + 1,
  })),
}

/** About 4 KB as JSON. */
export const catalog = Array.from({ length: 40 }, (_, index) => ({
  id: index,
  sku: `SKU-${1000 + index}`,
  title: 'Blue "M" mug, dishwasher safe',
  tags: ['kitchen', 'blue'],
  price: 9.5 + index,
}))

/** Bytes that are no UTF-8 and compress badly, as those of an image. */
export function bytes(length: number): Buffer {
  const result = Buffer.allocUnsafe(length)
  let state = 1
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    result[index] = state >>> 24
  }
  return result
}

/** ASCII that JSON does not escape. */
export function text(length: number): string {
  return 'The quick brown fox jumps over the lazy dog. '.repeat(length / 45 + 1).slice(0, length)
}

/** The bytes as a stream of 64 KB chunks. */
export function chunked(content: Buffer): Readable {
  let offset = 0
  return new Readable({
    read() {
      const chunk = content.subarray(offset, offset + chunkBytes)
      offset += chunkBytes
      this.push(chunk.length > 0 ? chunk : null)
    },
  })
}

/** What an app that reads the whole body says of it. */
export function receipt(body: Uint8Array): object {
  return { bytes: body.length, first: body[0], middle: body[body.length >> 1], last: body.at(-1) }
}

function page(item: string): string {
  const head = '<!doctype html>\n<title>List</title>\n<ul>\n'
  const items = Math.floor((10_240 - Buffer.byteLength(head)) / Buffer.byteLength(item))
  return head + item.repeat(items)
}
