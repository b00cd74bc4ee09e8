import type { RequestUri } from '../request-uri.ts'
import type { RoutedRequest, Transform } from './rule.ts'

/** The uri after a rule's transforms. */
export function rewritten(transforms: readonly Transform[], request: RoutedRequest): RequestUri {
  return transforms.reduce((uri, transform) => transform(uri), request.uri)
}
