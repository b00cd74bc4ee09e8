/** Why a construct is refused; each has a row in the repository's `docs/errors.md`. */
export type AlbConstructErrorCode =
  | 'ALB_CDK_ALIAS_TAKEN'
  | 'ALB_CDK_CONFLICTING_PROPS'
  | 'ALB_CDK_FORWARDED_FOR_PRESERVED'
  | 'ALB_CDK_INVALID_VALUE'
  | 'ALB_CDK_MISSING_PROP'
  | 'ALB_CDK_NO_ESBUILD'
  | 'ALB_CDK_OTHER_ENVIRONMENT'
  | 'ALB_CDK_PERMISSION_BESIDE_POLICY'
  | 'ALB_CDK_PRIORITY_TAKEN'
  | 'ALB_CDK_TOO_MANY_VALUES'
  | 'ALB_CDK_UNSUPPORTED_BY_CDK'

/** One thing that is wrong, and what to do about it. */
export interface Problem {
  readonly code: AlbConstructErrorCode
  readonly message: string
}

/** The construct cannot be made; the message lists every problem. */
export class AlbConstructError extends Error {
  override readonly name = 'AlbConstructError'
  /** That of the first problem. */
  readonly code: AlbConstructErrorCode
  readonly problems: readonly Problem[]

  constructor(title: string, problems: readonly [Problem, ...Problem[]]) {
    super([`${title}:`, ...problems.map(({ message }) => message)].join('\n- '))
    this.code = problems[0].code
    this.problems = problems
  }
}
