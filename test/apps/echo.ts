import type { RequestListener } from 'node:http'

/** Answers with the request's own body and content type. */
export const echo: RequestListener = (req, res) => {
  const type = req.headers['content-type']
  if (type) res.setHeader('content-type', type)
  req.pipe(res)
}
