import { bytes } from './basics.mjs'

/** What every proxy is asked to bring to the server behind it and back. */
export async function proxied({ ask }, { gone = 502, prefix = '' } = {}) {
  await ask(200, `GET ${prefix}/seen?city=K%C3%B6ln&x=1`)
  await ask(200, `HEAD ${prefix}/seen`)
  await ask(200, `DELETE ${prefix}/seen`)
  await ask(201, `POST ${prefix}/echo`, { body: bytes(100_000) })
  await ask(201, `POST ${prefix}/echo`, { json: { name: 'Köln' } })
  await ask(200, `GET ${prefix}/stream`)
  await ask(200, `GET ${prefix}/image`)
  await ask(302, `GET ${prefix}/redirect`)
  if (gone) await ask(gone, `GET ${prefix}/gone`)
}

proxied.covers =
  'methods, fields in both directions, bodies, streams, cookies, redirects, a broken upstream'
proxied.masks = [
  [/127\.0\.0\.1:\d+/g, '<upstream>'],
  // The load balancer keeps its own connection; what a proxy makes of `connection` follows.
  [/\["connection","[^"]*"\],?/g, ''],
]
