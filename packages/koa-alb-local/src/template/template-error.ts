/** A template, or one of its values, that cannot be served here. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}
