import { Refusal } from '../answer/refusal.ts'
import type { Property } from '../properties/property.ts'
import type { RequestUri } from '../request/request-uri.ts'
import { readRegex } from './regular-expression.ts'
import type { RoutedRequest, Transform } from './rule.ts'

/**
 * The uri after a rule's transforms.
 * @throws Refusal 500 when the result is no uri
 */
export function rewritten(transforms: readonly Transform[], request: RoutedRequest): RequestUri {
  const { uri, journal } = request
  const after = transforms.reduce((before, transform) => transform(before), uri)
  if (after === uri) return uri
  journal.acted('rewrite')
  const target = after.query === '' ? after.path : `${after.path}?${after.query}`
  const status = statusOf(uri, after, target)
  journal.note({ transformedHost: after.host, transformedUri: target, transformStatus: status })
  if (status === 'TransformSuccess') return after
  throw new Refusal(500, `the rule rewrites the request to ${after.host}${target}: ${status}`)
}

/** @throws ConfigurationError when a rule may not have these transforms */
export function readTransforms(property: Property): Transform[] {
  const transforms = property.items().map((item) => {
    const type = item.at('Type').oneOf('host-header-rewrite', 'url-rewrite')
    return { type, item }
  })
  for (const name of ['host-header-rewrite', 'url-rewrite']) {
    const count = transforms.filter(({ type }) => type === name).length
    if (count > 1) throw property.error('ALB_ERR_LIMIT_EXCEEDED', `has ${count} ${name}, limit 1`)
  }
  return transforms.map(({ type, item }) =>
    type === 'url-rewrite' ? urlRewrite(item) : hostRewrite(item),
  )
}

function urlRewrite(item: Property): Transform {
  const rewrite = readRewrite(item.at('UrlRewriteConfig'))
  return (uri) => {
    const before = uri.query === '' ? uri.path : `${uri.path}?${uri.query}`
    const after = rewrite(before)
    if (after === undefined) return uri
    const mark = after.indexOf('?')
    if (mark < 0) return { ...uri, path: after, query: '' }
    return { ...uri, path: after.slice(0, mark), query: after.slice(mark + 1) }
  }
}

function hostRewrite(item: Property): Transform {
  const rewrite = readRewrite(item.at('HostHeaderRewriteConfig'))
  return (uri) => {
    const host = rewrite(uri.host ?? '')
    return host === undefined ? uri : { ...uri, host, isHostRewritten: true }
  }
}

/** Replaces the first match; undefined when there is none. */
function readRewrite(config: Property): (text: string) => string | undefined {
  const list = config.required().at('Rewrites').required()
  const [rewrite, ...others] = list.items()
  if (!rewrite) throw list.error('ALB_ERR_MISSING_PROPERTY', 'has no rewrite')
  if (others.length > 0) {
    throw list.error('ALB_ERR_LIMIT_EXCEEDED', `has ${others.length + 1} rewrites, limit 1`)
  }
  const regex = readRegex(rewrite.at('Regex'))
  const replacement = rewrite.at('Replace').text({ most: 128 })
  return (text) => {
    const match = regex.find(text)
    if (!match) return undefined
    const filled = replacement.replace(
      /\$([1-9])/g,
      (_, group: string) => match.groups[Number(group)] ?? '',
    )
    return text.slice(0, match.start) + filled + text.slice(match.end)
  }
}

// What the client sent passes as it is; only what the rule made of it is checked.
function statusOf(before: RequestUri, after: RequestUri, target: string): TransformStatus {
  const isPathRewritten = after.path !== before.path || after.query !== before.query
  const sent = before.path + before.query
  const isValid = (character: string): boolean =>
    /[\x21-\x7e]/.test(character) || sent.includes(character)
  if (isPathRewritten && !(target.startsWith('/') && [...target].every(isValid))) {
    return 'TransformInvalidPath'
  }
  const host = after.isHostRewritten ? after.host : undefined
  if (host !== undefined && !/^[A-Za-z0-9.:_[\]-]+$/.test(host)) return 'TransformInvalidHost'
  return 'TransformSuccess'
}

type TransformStatus = 'TransformSuccess' | 'TransformInvalidPath' | 'TransformInvalidHost'
