/**
 * What every framework's app answers: parameters and query, HEAD and OPTIONS, bodies of three kinds,
 * cookies, bytes, a stream, nothing, a redirect, an error, a missing page.
 */
export async function basics({ ask }, { head = 200, options = 404, fail = 500 } = {}) {
  await ask(200, 'GET /hello/Ada?city=K%C3%B6ln%20%26%20Umland&x=1')
  await ask(200, 'GET /hello/J%C3%BCrgen%2FM')
  await ask(head, 'HEAD /hello/Ada')
  await ask(options, 'OPTIONS /hello/Ada')
  await ask(200, 'POST /echo', { json: { text: 'für "alle" \u{1f600}', list: [1, 2, 3] } })
  await ask(200, 'POST /form', { form: { name: 'Ada', city: 'Köln & Umland' } })
  await ask(200, 'PUT /bytes', { body: bytes(70_000), headers: { 'content-type': 'image/png' } })
  await ask(200, 'GET /cookies', { headers: { cookie: 'a=1; b=two' } })
  await ask(200, 'GET /image')
  await ask(200, 'GET /stream')
  await ask(204, 'GET /empty')
  await ask(302, 'GET /redirect')
  await ask(fail, 'GET /fail')
  await ask(404, 'GET /missing')
  await revisit(ask, '/hello/Ada')
}

/** A page asked for again with its own etag, where it has one. */
export async function revisit(ask, path) {
  const etag = (await ask(200, `GET ${path}`)).header('etag')
  if (etag) await ask(304, `GET ${path}`, { headers: { 'if-none-match': etag } })
}

export function bytes(length) {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 256))
}

basics.covers = 'the basics'
